import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { jsonSchema } from '../../../src/config/json-schema.ts';
import { properties } from './properties.ts';

test('config/schema.json is what the schema gives now (node src/config/write-schema.ts)', async () => {
  const file = new URL('../../../config/schema.json', import.meta.url);
  assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), jsonSchema());
});

test('every option is described, and no mapping takes keys that it does not know', () => {
  const undescribed = properties()
    .filter(({ path, node }) => !path.endsWith('.mode') && !('description' in node))
    .map(({ path }) => path);
  assert.deepEqual(undescribed, []);
  const open = (node: unknown): boolean =>
    typeof node === 'object' &&
    node !== null &&
    (('properties' in node && !('additionalProperties' in node)) || Object.values(node).some(open));
  assert.equal(open(jsonSchema()), false);
});

test('defaults are part of the schema', () => {
  const defaults = properties().flatMap(({ path, node }) =>
    'default' in node ? [[path, node['default']]] : [],
  );
  assert.deepEqual(Object.fromEntries(defaults), {
    warehouse: {},
    'warehouse.schema': 'lark',
    'warehouse.views_schema': 'lark_views',
    'notify.locale': 'en-US',
    'notify.webhook.allow_hosts': [],
    'sources.*.allow_hosts': [],
    'sources.*.modules.approval.lookback_days': 30,
    'sources.*.modules.approval.locale': 'en-US',
    'sources.*.modules.attendance.employee_type': 'employee_id',
    'sources.*.modules.attendance.user_ids': [],
    'sources.*.modules.attendance.include_terminated_users': false,
    'sources.*.modules.attendance.lookback_days': 7,
    'sources.*.modules.attendance.time_zone': 'UTC',
    'sources.*.modules.contact.department_ids': [],
    'sources.*.modules.contact.department_id_type': 'open_department_id',
    'sources.*.modules.contact.user_id_type': 'open_id',
  });
});

test('a reference may stand for a number or a choice, but not for a source name', () => {
  const reference = { $ref: '#/$defs/reference' };
  const anyOf = (path: string): unknown =>
    properties().find((each) => each.path === path)?.node['anyOf'];
  assert.deepEqual(anyOf('sources.*.platform'), [
    { type: 'string', enum: ['lark', 'feishu'] },
    reference,
  ]);
  assert.deepEqual(anyOf('sources.*.modules.attendance.lookback_days'), [
    { type: 'integer', minimum: 0, maximum: 365 },
    reference,
  ]);
  const sources = properties().find(({ path }) => path === 'sources')?.node;
  assert.deepEqual(sources?.['propertyNames'], {
    type: 'string',
    pattern: '^[a-z][a-z0-9_-]{0,62}$',
  });
});
