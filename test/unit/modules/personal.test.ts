// What is personal, decided column by column: a new column fails here until somebody has decided about it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { everyStream } from '../../../src/modules/everything.ts';

/** Names of columns, with blanks between. */
interface Decision {
  readonly personal: string;
  readonly plain: string;
}

const decisions: Readonly<Record<string, Decision>> = {
  contact_departments: {
    personal: '',
    plain:
      'open_department_id department_id parent_department_id name i18n_name leader_user_id leaders chat_id unit_ids member_count primary_member_count order status',
  },
  // What every colleague sees of a person (name, title, department, place of work) is not personal here.
  contact_users: {
    personal: 'email enterprise_email mobile gender avatar custom_attrs payload',
    plain:
      'open_id union_id user_id name en_name nickname employee_no employee_type job_title city country work_station leader_user_id department_ids orders join_time is_tenant_manager status',
  },
  contact_user_departments: {
    personal: '',
    plain: 'open_id open_department_id is_primary_dept user_order department_order',
  },
  approval_definitions: {
    personal: '',
    plain: 'approval_code approval_name status form node_list',
  },
  approval_instances: {
    personal: '',
    plain:
      'instance_code approval_code approval_name serial_number uuid status user_id open_id department_id start_time end_time reverted reverted_instance_code modified_instance_code',
  },
  approval_instance_payloads: { personal: 'payload', plain: 'instance_code approval_code' },
  // A form may ask for anything, in any widget.
  approval_fields: {
    personal: 'value value_text value_number value_time ext',
    plain: 'instance_code position field_id custom_id name type parent_field_id row_index',
  },
  approval_tasks: {
    personal: '',
    plain:
      'instance_code task_id user_id open_id status node_id node_name custom_node_id type start_time end_time',
  },
  approval_timeline: {
    personal: 'comment ext files',
    plain:
      'instance_code position type create_time user_id open_id user_id_list open_id_list task_id cc_user_list node_key',
  },
  approval_comments: {
    personal: 'comment files',
    plain: 'instance_code comment_id user_id open_id create_time',
  },
  base_apps: { personal: '', plain: 'app_token name revision is_advanced time_zone' },
  base_tables: { personal: '', plain: 'app_token table_id name revision' },
  base_fields: {
    personal: '',
    plain: 'app_token table_id field_id field_name type ui_type is_primary property',
  },
  // A table may hold anything; who created a record comes with an email.
  base_records: {
    personal: 'fields created_by last_modified_by',
    plain: 'app_token table_id record_id created_time last_modified_time',
  },
  attendance_flows: {
    personal: 'location_name comment ssid bssid device_id longitude latitude photo_urls',
    plain:
      'record_id user_id employee_type creator_id check_time type check_result is_field is_wifi external_id idempotent_id',
  },
};

const tables = everyStream
  .flatMap((stream) => [...stream.tables])
  .filter(({ bookkeeping }) => bookkeeping !== true);

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

test('of every column of every table it is decided whether it is personal', () => {
  const declared = tables.map(({ name, columns }) => {
    const names = (is: boolean): string[] =>
      Object.keys(columns)
        .filter((column) => (columns[column]?.personal === true) === is)
        .sort();
    return [name, { personal: names(true), plain: names(false) }];
  });
  const decided = Object.entries(decisions).map(([name, { personal, plain }]) => [
    name,
    { personal: words(personal).sort(), plain: words(plain).sort() },
  ]);
  assert.deepEqual(Object.fromEntries(declared), Object.fromEntries(decided));
});

test('no key is personal, and every raw column is', () => {
  for (const { name, key, columns } of tables) {
    for (const [column, { personal, holds }] of Object.entries(columns)) {
      if (key.includes(column)) assert.notEqual(personal, true, `${name}.${column}`);
      if (holds !== undefined) assert.equal(personal, true, `${name}.${column}`);
    }
  }
});

test('the tables of bookkeeping have no personal column', () => {
  const own = everyStream
    .flatMap((stream) => [...stream.tables])
    .filter(({ bookkeeping }) => bookkeeping === true);
  assert.ok(own.length > 0);
  for (const { columns } of own) {
    assert.ok(Object.values(columns).every(({ personal }) => personal !== true));
  }
});

test('docs/privacy.md names every personal column and no other', () => {
  const text = readFileSync(new URL('../../../docs/privacy.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)` +\| (`.*`) +\|$/gm)];
  const told = rows.map(([, name = '', columns = '']) => [
    name,
    [...columns.matchAll(/`(\w+)`/g)].map(([, column]) => column).sort(),
  ]);
  const decided = Object.entries(decisions)
    .filter(([, { personal }]) => personal !== '')
    .map(([name, { personal }]) => [name, words(personal).sort()]);
  assert.deepEqual(Object.fromEntries(told), Object.fromEntries(decided));
});
