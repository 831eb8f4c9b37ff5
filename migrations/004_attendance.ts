// Attendance: punches, and what is remembered of the people that are asked for.

import type { Knex } from 'knex';
import { deletable, source, tracked } from './ddl/columns.ts';
import { createTables, dropTables, type TableDdl } from './ddl/table.ts';

const tables: readonly TableDdl[] = [
  {
    name: 'attendance_flows',
    comment: 'Punches: each time somebody clocked in or out, as far as Lark counts it valid.',
    key: ['source', 'record_id'],
    columns: {
      ...source,
      record_id: ['text', 'record_id of the punch.'],
      user_id: ['text', 'Who punched: user_id or employee number, as employee_type says.'],
      employee_type: ['text', 'What user_id and creator_id are: employee_id or employee_no.'],
      creator_id: ['text', 'Who entered the punch, e.g. an administrator.'],
      location_name: ['text', 'Name of the place. Null when Lark gives none.'],
      check_time: ['timestamptz', 'When the punch was made, to the second.'],
      comment: ['text', 'Remark on the punch.'],
      type: [
        'integer',
        'How it came about: 0 user, 1 admin edit, 2 correction, 3 system, 4 exempt, 5 device, 6 fast, 7 import; others exist.',
      ],
      check_result: [
        'text',
        'Result as Lark gives it here; Lark calls it meaningless for punches.',
      ],
      is_field: ['boolean', 'Whether it was made outside of the office.'],
      is_wifi: ['boolean', 'Whether it was made by Wi-Fi.'],
      ssid: ['text', 'Name of the Wi-Fi network.'],
      bssid: ['text', 'Hardware address of the Wi-Fi access point.'],
      device_id: ['text', 'The device that was used.'],
      longitude: ['numeric', 'Longitude in degrees. Null when Lark gives none.'],
      latitude: ['numeric', 'Latitude in degrees. Null when Lark gives none.'],
      photo_urls: ['jsonb', 'Links of photos taken.'],
      external_id: ['text', 'Id in the system that the punch was imported from.'],
      idempotent_id: ['text', 'Id by which an import recognises repeated punches.'],
      ...tracked,
      ...deletable,
    },
    indexes: ['("source", "user_id", "check_time")'],
  },
  {
    name: 'attendance_people',
    comment:
      'Bookkeeping of larkhouse: whose punches were read, and whom Lark refuses. No data of Lark.',
    key: ['source', 'user_id', 'employee_type'],
    columns: {
      ...source,
      user_id: ['text', 'user_id or employee number, as employee_type says.'],
      employee_type: ['text', 'What user_id is: employee_id or employee_no.'],
      read_to: [
        'timestamptz',
        'Up to when the punches of this person were read. Null: never read.',
      ],
      unknown_since: ['timestamptz', 'Since when Lark refuses this person. Null: it does not.'],
      retry_at: ['timestamptz', 'When a refused person is asked for again. Null: not refused.'],
      ...tracked,
    },
  },
];

export function up(knex: Knex, schema: string): Promise<void> {
  return createTables(knex, schema, tables);
}

export function down(knex: Knex, schema: string): Promise<void> {
  return dropTables(knex, schema, tables);
}
