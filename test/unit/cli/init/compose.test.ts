import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Answers, compose } from '../../../../src/cli/init/compose.ts';
import { parseConfig } from '../../../../src/config/load.ts';

const plain: Answers = {
  source: 'acme',
  platform: 'lark',
  baseUrl: undefined,
  appId: 'cli_1',
  appSecret: 'in-the-clear-here',
  warehouseUrl: undefined,
  warehousePassword: undefined,
  modules: ['contact', 'approval', 'base', 'attendance'],
  locale: 'en-US',
  codes: [{ approval_code: '7C468A54-8745-2245-9675-08B7C63E7A85', name: 'Leave' }],
  bases: [{ entry: { kind: 'app', token: 'basc1', tableId: 'tbl1', viewId: 'vew1' }, name: 'CRM' }],
  timeZone: 'Asia/Shanghai',
  hasSchema: true,
};

const loaded = (answers: Answers) => parseConfig(compose(answers), 'file.yaml', {});

test('the configuration holds every answer', () => {
  const { warehouse, sources } = loaded(plain);
  const [source] = sources;
  assert.equal(warehouse.url, undefined);
  assert.deepEqual([source?.name, source?.platform], ['acme', 'lark']);
  assert.equal(source?.baseUrl, 'https://open.larksuite.com');
  assert.deepEqual(source?.auth, {
    mode: 'custom_app',
    appId: 'cli_1',
    appSecret: 'in-the-clear-here',
  });
  assert.deepEqual(source?.modules.approval?.approvalCodes, [
    '7C468A54-8745-2245-9675-08B7C63E7A85',
  ]);
  assert.deepEqual(source?.modules.base, [plain.bases[0]?.entry]);
  assert.equal(source?.modules.attendance?.timeZone, 'Asia/Shanghai');
  assert.deepEqual(source?.modules.contact?.departmentIds, []);
});

test('a module that was not chosen is not there, and what was given is', () => {
  const { warehouse, sources } = loaded({
    ...plain,
    modules: ['contact'],
    baseUrl: 'http://127.0.0.1:9000',
    warehouseUrl: 'postgres://me@db.example.com:5432/lark?application_name=a%20b',
    warehousePassword: 'pa55',
    hasSchema: false,
  });
  assert.deepEqual(Object.keys(sources[0]?.modules ?? {}), ['contact']);
  assert.equal(sources[0]?.baseUrl, 'http://127.0.0.1:9000');
  const url = new URL(warehouse.url ?? '');
  assert.deepEqual([url.username, url.hostname], ['me', 'db.example.com']);
  assert.equal(url.searchParams.get('password'), 'pa55');
});

test('no name of a tenant and no id can change what the file says', () => {
  const anything = fc.string({ unit: 'binary', maxLength: 40 });
  const nasty = fc.constantFrom('\n  evil: 1', '\r# x', '\u2028a: b', '${HOME}', '$$', 'true', '~');
  const text = fc.oneof(anything, nasty);
  const id = fc.stringMatching(/^[!-~]{1,30}$/);
  fc.assert(
    fc.property(text, text, id, (one, other, code) => {
      const { sources } = loaded({
        ...plain,
        appId: code,
        codes: [{ approval_code: code, name: one }],
        bases: [{ entry: { kind: 'wiki', token: 'wikc1' }, name: other }],
      });
      const { modules, auth } = sources[0] ?? {};
      assert.equal(auth?.appId, code);
      assert.deepEqual(modules?.approval?.approvalCodes, [code]);
      assert.deepEqual(modules?.base, [{ kind: 'wiki', token: 'wikc1' }]);
      assert.equal(modules?.attendance?.timeZone, 'Asia/Shanghai');
    }),
  );
});
