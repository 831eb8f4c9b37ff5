import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { properties } from './properties.ts';
import { problemsIn, read } from './sample.ts';

const text = readFileSync(new URL('../../../config/example.yaml', import.meta.url), 'utf8');
const env = {
  DATABASE_URL: 'postgres://larkhouse@db.example.com/lark',
  LARK_APP_SECRET: 'secret',
  LARKHOUSE_HASH_KEY: 'a key of hashes that is long enough',
  LARK_WEBHOOK_URL: 'https://open.larksuite.com/open-apis/bot/v2/hook/token',
  LARK_WEBHOOK_SECRET: 'webhook secret',
  LARK_APP_TICKET: 'ticket',
  LARK_APP_ACCESS_TOKEN: 'app token',
  LARK_TENANT_ACCESS_TOKEN: 'tenant token',
};

/** Switches on the options that are off: a # before the name, without a blank. */
function switchedOn(names = '\\w+'): string {
  return text.replace(new RegExp(`^( *)#((?:${names}):)`, 'gm'), '$1$2');
}

/** Mappings whose keys are names of somebody's own. */
const named = ['sources', 'privacy.columns'];

/** The options of a value, a path for each time they occur. */
function options(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((member) => options(member, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const step = named.includes(path) ? '*' : name;
    const here = path === '' ? step : `${path}.${step}`;
    return [here, ...options(member, here)];
  });
}

test('the example is a valid configuration', () => {
  assert.deepEqual(problemsIn(text, env), []);
});

test('the example has every option of the schema exactly once', () => {
  const shown = options(parse(switchedOn())).filter(
    (path) => !named.some((mapping) => path === `${mapping}.*`),
  );
  assert.deepEqual(shown.sort(), [...new Set(properties().map(({ path }) => path))].sort());
});

test('the example shows the defaults as they are', () => {
  const shown = new Map(leaves(parse(text)));
  for (const { path, node } of properties()) {
    if ('default' in node && path !== 'warehouse') {
      assert.deepEqual(shown.get(path), node['default'], path);
    }
  }
});

test('each option that is off in the example is valid when it is on', () => {
  for (const names of ['password', 'base_url', 'quota', 'start_date', 'hash_key|columns']) {
    assert.deepEqual(problemsIn(switchedOn(names), env), [], names);
  }
  for (const grant of ['app_ticket', 'app_access_token', 'tenant_access_token']) {
    const store = switchedOn(`tenant_key|${grant}`).replace('mode: custom_app', 'mode: store_app');
    const [source] = read(store, env).sources;
    assert.equal(source?.auth.mode === 'store_app' ? source.auth.grant : '', grant);
  }
});

test('editors find the schema', () => {
  assert.equal(text.split('\n')[0], '# yaml-language-server: $schema=./schema.json');
});

/** Paths with their values; lists of texts count as one value. */
function leaves(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, value]];
  return Object.entries(value).flatMap(([name, member]) => {
    const step = path === 'sources' ? '*' : name;
    return leaves(member, path === '' ? step : `${path}.${step}`);
  });
}
