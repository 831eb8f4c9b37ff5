// The tables of attendance: punches, and what is remembered of each person.

import { isObject } from '../../json.ts';
import type { Table } from '../../stream.ts';
import {
  bool,
  epochMs,
  epochSeconds,
  int,
  json,
  needed,
  numeric,
  personal,
  text,
} from '../../transform/columns.ts';

/** A record is `{ flow }` or `{ person }`. */
export const flows: Table = {
  name: 'attendance_flows',
  key: ['record_id'],
  marksDeletion: true,
  items: ({ flow }) => (isObject(flow) ? [flow] : []),
  columns: {
    record_id: text(),
    user_id: needed(text()),
    employee_type: needed(text()),
    creator_id: text(),
    location_name: personal(text()),
    check_time: needed(epochSeconds()),
    comment: personal(text()),
    type: int(),
    check_result: text(),
    is_field: bool(),
    is_wifi: bool(),
    ssid: personal(text()),
    bssid: personal(text()),
    device_id: personal(text()),
    longitude: personal(numeric()),
    latitude: personal(numeric()),
    photo_urls: personal(json()),
    external_id: text(),
    idempotent_id: text(),
  },
};

export const people: Table = {
  name: 'attendance_people',
  key: ['user_id', 'employee_type'],
  bookkeeping: true,
  items: ({ person }) => (isObject(person) ? [person] : []),
  columns: {
    user_id: text(),
    employee_type: text(),
    read_to: epochMs(),
    unknown_since: epochMs(),
    retry_at: epochMs(),
  },
};
