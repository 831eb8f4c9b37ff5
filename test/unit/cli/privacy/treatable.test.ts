import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requireTreatable } from '../../../../src/cli/privacy/treatable.ts';
import type { Privacy } from '../../../../src/config/privacy.ts';
import { ConfigError } from '../../../../src/errors.ts';
import { everyStream } from '../../../../src/modules/everything.ts';

function complaints(columns: Privacy['columns']): string[] {
  try {
    requireTreatable({ columns });
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems.map(
      ({ path, message, suggestion = '' }) =>
        `${path.replace(/^privacy\.columns/, '')} ${message} | ${suggestion}`,
    );
  }
}

test('what stands in no raw column is treated alone', () => {
  assert.deepEqual(
    complaints({
      'attendance_flows.longitude': { round: 2 },
      'attendance_flows.ssid': 'hash',
      'attendance_flows.photo_urls': 'hash',
      'contact_departments.name': 'drop',
      'contact_departments.member_count': 'drop',
      'base_records.fields': 'drop',
    }),
    [],
  );
});

test('names that there are not are told with those that were meant', () => {
  assert.deepEqual(complaints({ 'attendance_flow.ssid': 'drop', 'contact_users.mobil': 'drop' }), [
    '["attendance_flow.ssid"] there is no table attendance_flow with data of Lark | did you mean attendance_flows?',
    '["contact_users.mobil"] contact_users has no column mobil | did you mean mobile?',
  ]);
  for (const name of ['mobile', 'contact_users', 'lark.contact_users.mobile', 'contact_users.']) {
    assert.match(String(complaints({ [name]: 'drop' })), /is no column \| write table\.column$/);
  }
  assert.match(
    String(complaints({ 'contact_users.constructor': 'drop' })),
    /has no column constructor/,
  );
});

test('keys, columns of larkhouse, its bookkeeping and what it reads again cannot be treated', () => {
  const refused = {
    'contact_users.open_id': /names a row/,
    'approval_tasks.instance_code': /names a row/,
    'contact_users.source': /column of larkhouse/,
    'contact_users.row_hash': /column of larkhouse/,
    'attendance_people.user_id': /no table attendance_people/,
    'contact_users.user_id': /reads it again/,
    'attendance_flows.check_time': /reads it again/,
    'base_tables.name': /reads it again/,
  };
  for (const [name, reason] of Object.entries(refused)) {
    const [complaint, ...others] = complaints({ [name]: 'drop' });
    assert.match(complaint ?? '', reason, name);
    assert.deepEqual(others, []);
  }
});

test('only text and json can be hashed, and only numbers with decimals rounded', () => {
  assert.deepEqual(complaints({ 'attendance_flows.longitude': 'hash' }), [
    '["attendance_flows.longitude"] cannot be hashed: it is numeric, and a hash is a text | drop takes any column',
  ]);
  for (const name of ['attendance_flows.ssid', 'attendance_flows.photo_urls']) {
    assert.match(String(complaints({ [name]: { round: 2 } })), /cannot be rounded: it is/);
  }
});

test('what stands in the payload of its record needs the payload to be treated, too', () => {
  assert.deepEqual(complaints({ 'contact_users.mobile': 'drop' }), [
    '["contact_users.mobile"] what it says also stands in contact_users.payload, so that must be treated, too | add contact_users.payload: drop',
  ]);
  assert.deepEqual(
    complaints({ 'contact_users.mobile': 'hash', 'contact_users.payload': 'drop' }),
    [],
  );
  assert.match(
    String(complaints({ 'approval_comments.comment': 'drop' })),
    /add approval_instance_payloads\.payload: drop$/,
  );
  assert.deepEqual(complaints({ 'contact_users.payload': 'drop' }), []);
});

test('the forms of a widget value are treated together', () => {
  const payload = { 'approval_instance_payloads.payload': 'drop' } as const;
  assert.deepEqual(complaints({ ...payload, 'approval_fields.value_number': { round: 0 } }), [
    '["approval_fields.value_number"] what it says also stands in approval_fields.value and in approval_fields.ext, so that must be treated, too | add approval_fields.value: drop, approval_fields.ext: drop',
  ]);
  assert.deepEqual(complaints({ ...payload, 'approval_timeline.comment': 'drop' }), []);
});

test('all that is personal can be dropped', () => {
  const personal = everyStream
    .flatMap((stream) => [...stream.tables])
    .flatMap(({ name, columns }) =>
      Object.entries(columns).flatMap(([column, { personal: is }]) =>
        is === true ? [[`${name}.${column}`, 'drop'] as const] : [],
      ),
    );
  assert.ok(personal.length > 20);
  assert.deepEqual(complaints(Object.fromEntries(personal)), []);
});
