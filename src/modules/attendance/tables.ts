// The tables of attendance: punches, and what is remembered of each person.

import { isObject } from '../../json.ts';
import type { Table } from '../../stream.ts';
import { bool, epochMs, epochSeconds, int, json, numeric, text } from '../../transform/columns.ts';

/** A record is `{ flow }` or `{ person }`. */
export const flows: Table = {
  name: 'attendance_flows',
  key: ['record_id'],
  marksDeletion: true,
  items: ({ flow }) => (isObject(flow) ? [flow] : []),
  columns: {
    record_id: text(),
    user_id: text(),
    employee_type: text(),
    creator_id: text(),
    location_name: text(),
    check_time: epochSeconds(),
    comment: text(),
    type: int(),
    check_result: text(),
    is_field: bool(),
    is_wifi: bool(),
    ssid: text(),
    bssid: text(),
    device_id: text(),
    longitude: numeric(),
    latitude: numeric(),
    photo_urls: json(),
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
