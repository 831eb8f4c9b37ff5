// The type of the configuration against the schema that is checked: neither knows a key that the other does not.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfigFile } from '../../../src/config/file.ts';
import { jsonSchema } from '../../../src/config/json-schema.ts';
import { parseConfig } from '../../../src/config/load.ts';

type Whole<T> = T extends readonly (infer Member)[]
  ? readonly Whole<Member>[]
  : T extends object
    ? { readonly [Name in keyof T]-?: Whole<T[Name]> }
    : T;

/** Every key of the type, with a value that the schema takes. That two of them exclude each other is no matter. */
const everything = {
  warehouse: { url: 'postgres://a', password: 'b', schema: 'c', views_schema: 'd' },
  privacy: { hash_key: '0'.repeat(32), columns: { 'contact_users.mobile': 'drop' } },
  notify: {
    locale: 'zh-CN',
    stale_after_hours: 1,
    webhook: { url: 'https://a/b', secret: 'c', allow_hosts: ['a'] },
    command: ['a'],
  },
  sources: {
    acme: {
      platform: 'feishu',
      base_url: 'https://a',
      allow_hosts: ['a'],
      auth: {
        mode: 'store_app',
        app_id: 'a',
        app_secret: 'b',
        tenant_key: 'c',
        app_ticket: 'd',
        app_access_token: 'e',
        tenant_access_token: 'f',
      },
      quota: { monthly_calls: 1 },
      modules: {
        approval: {
          approval_codes: ['a'],
          lookback_days: 1,
          start_date: '2026-01-01',
          locale: 'en-US',
        },
        base: [{ app_token: 'a', wiki_token: 'b', url: 'c', table_id: 'd', view_id: 'e' }],
        attendance: {
          employee_type: 'employee_no',
          user_ids: ['a'],
          include_terminated_users: true,
          start_date: '2026-01-01',
          lookback_days: 1,
          time_zone: 'UTC',
        },
        contact: {
          department_ids: ['a'],
          department_id_type: 'department_id',
          user_id_type: 'user_id',
        },
      },
    },
  },
} as const satisfies Whole<ConfigFile>;

/** Keys that a person chooses: names of sources and columns. */
const chosen = new Set(['acme', 'contact_users.mobile']);

function keysOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((member) => keysOf(member, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const here = chosen.has(name) ? `${path}.*` : `${path}.${name}`;
    return [...(chosen.has(name) ? [] : [here]), ...keysOf(member, here)];
  });
}

function keysIn(schema: unknown, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([name, inner]) => {
    if (name === 'properties') {
      return Object.entries(inner).flatMap(([key, member]) => [
        `${path}.${key}`,
        ...keysIn(member, `${path}.${key}`),
      ]);
    }
    if (name === 'additionalProperties') return keysIn(inner, `${path}.*`);
    if (name === 'items') return keysIn(inner, path);
    if (name === 'anyOf' || name === 'oneOf' || name === 'allOf') {
      return Object.values(inner).flatMap((one) => keysIn(one, path));
    }
    return [];
  });
}

test('the type of the configuration has every key of the schema, and no other', () => {
  const known = new Set(keysIn(jsonSchema()));
  // An alternative to the words `drop` and `hash`, which `everything` has.
  known.delete('.privacy.columns.*.round');
  assert.deepEqual([...new Set(keysOf(everything))].toSorted(), [...known].toSorted());
});

test('what the type permits is a configuration', () => {
  const { sources } = everything;
  const { acme } = sources;
  const file: ConfigFile = {
    sources: {
      acme: {
        platform: 'lark',
        auth: { mode: 'custom_app', app_id: 'a', app_secret: 'b' },
        modules: { ...acme.modules, base: ['https://x.larksuite.com/base/bascn'] },
      },
    },
  };
  const config = parseConfig(JSON.stringify(file), 'given', {});
  assert.equal(config.sources[0]?.modules.attendance?.employeeType, 'employee_no');
});
