import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { newKey, readKeyring } from '../../../src/config/keys.ts';
import { type LoadOptions, loadConfig } from '../../../src/config/load.ts';
import type { Config } from '../../../src/config/schema.ts';
import { seal } from '../../../src/config/sealed.ts';
import { ConfigError, type Problem } from '../../../src/errors.ts';
import { type Parts, sample } from './sample.ts';

let cwd = '';
before(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'larkhouse-secrets-'));
  await mkdir(join(cwd, 'conf'));
  await writeFile(join(cwd, 'conf', 'secret'), 'of-the-file\n', { mode: 0o600 });
});
after(() => rm(cwd, { recursive: true }));

const place = 'sources.acme.auth.app_secret';
const lineOfKey = newKey();

interface Loading {
  readonly config: Config | undefined;
  readonly problems: readonly Problem[];
  readonly hidden: readonly string[];
}

async function loading(parts: Parts, options: Partial<LoadOptions> = {}): Promise<Loading> {
  await writeFile(join(cwd, 'conf', 'acme.yaml'), sample(parts));
  const hidden: string[] = [];
  const hide = (secrets: readonly string[]): void => void hidden.push(...secrets);
  const env = { HOME: cwd, ...options.env };
  const given = { file: 'conf/acme.yaml', cwd, hide, ...options, env };
  try {
    return { config: (await loadConfig(given)).config, problems: [], hidden };
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return { config: undefined, problems: error.problems, hidden };
  }
}

function authWith(secret: string): Parts {
  return { auth: { mode: 'custom_app', app_id: 'cli_a', app_secret: secret } };
}

async function secretFrom(written: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { config, problems, hidden } = await loading(authWith(written), { env });
  assert.deepEqual(problems, []);
  const auth = config?.sources[0]?.auth;
  const secret = auth?.mode === 'custom_app' ? auth.appSecret : '';
  assert.ok(hidden.includes(secret), 'the secret is not hidden');
  return secret;
}

async function sealedFor(where: string, secret: string): Promise<string> {
  const env = { LARKHOUSE_KEY: lineOfKey };
  const ring = await readKeyring({ env, cwd, hide: () => undefined });
  assert.ok('keys' in ring);
  return seal(secret, where, ring.keys[0]);
}

test('a secret comes from the file itself, the environment, a file or a command', async () => {
  assert.equal(await secretFrom('in-the-clear'), 'in-the-clear');
  assert.equal(await secretFrom('${S}', { S: 'of-the-environment' }), 'of-the-environment');
  assert.equal(await secretFrom('file:secret'), 'of-the-file');
  assert.equal(await secretFrom(`file:${join(cwd, 'conf', 'secret')}`), 'of-the-file');
  assert.equal(await secretFrom('file:${DIR}/secret', { DIR: join(cwd, 'conf') }), 'of-the-file');
  assert.equal(await secretFrom('exec:cat secret'), 'of-the-file');
  assert.equal(await secretFrom('exec:printf %s ${WORD}', { WORD: 'one word' }), 'one word');
});

test('a sealed secret opens, also one that the environment gives', async () => {
  const sealed = await sealedFor(place, 'of-the-seal');
  const env = { LARKHOUSE_KEY: lineOfKey, S: sealed };
  assert.equal(await secretFrom(sealed, env), 'of-the-seal');
  assert.equal(await secretFrom('${S}', env), 'of-the-seal');
});

test('a value of the environment names no file and no command', async () => {
  const mark = join(cwd, 'ran');
  for (const value of ['file:secret', `exec:touch ${mark}`]) {
    assert.equal(await secretFrom('${S}', { S: value }), value);
  }
  await loading(authWith('exec:echo ${S}'), { env: { S: `x; touch ${mark}` } });
  assert.equal(existsSync(mark), false);
});

test('every secret of the file is hidden, of the warehouse the password in all its forms', async () => {
  const warehouse = { url: 'postgres://user:pa%40ss@db.example.com/lark' };
  const { hidden } = await loading({ warehouse, ...authWith('file:secret') });
  assert.deepEqual([...hidden].sort(), [
    'of-the-file',
    'pa%40ss',
    'pa@ss',
    'postgres://user:pa%40ss@db.example.com/lark',
  ]);
  const apart = { url: 'postgres://user@db.example.com/lark', password: 'exec:echo pa@ss' };
  assert.deepEqual((await loading({ warehouse: apart })).hidden, ['pa@ss', 'acme-secret']);
});

test('every ticket and token of a store app is hidden', async () => {
  const store = { mode: 'store_app', app_id: 'id', app_secret: 'ss:ss', tenant_key: 'key' };
  for (const grant of ['app_ticket', 'app_access_token', 'tenant_access_token']) {
    const { hidden } = await loading({ auth: { ...store, [grant]: 'tttt' } });
    assert.deepEqual(hidden, ['ss:ss', 'tttt']);
  }
});

test('secrets are hidden before anything is said of the rest', async () => {
  const { problems, hidden } = await loading({ ...authWith('file:secret'), modules: {} });
  assert.equal(problems.length, 1);
  assert.deepEqual(hidden, ['of-the-file']);
});

test('what is wrong with secrets is told at once with all else, each at its place', async () => {
  await chmod(join(cwd, 'conf', 'secret'), 0o644);
  const { problems } = await loading({
    warehouse: { url: 'exec:false', schema: 'Lark' },
    auth: {
      mode: 'store_app',
      tenant_key: ' x',
      app_id: 'a',
      app_secret: 'file:secret',
      app_ticket: '${T}',
    },
    modules: { contakt: {} },
  });
  await chmod(join(cwd, 'conf', 'secret'), 0o600);
  assert.deepEqual(
    problems.map(({ path }) => path),
    [
      'warehouse.url',
      place,
      'sources.acme.auth.app_ticket',
      'warehouse.schema',
      'sources.acme.auth.tenant_key',
      'sources.acme.modules.contakt',
    ],
  );
  assert.doesNotMatch(JSON.stringify(problems), /of-the-file/);
});

test('a key that is missing is told once for all that is sealed', async () => {
  const warehouse = { url: await sealedFor('warehouse.url', 'postgres://u:p@h/d') };
  const parts = { warehouse, ...authWith(await sealedFor(place, 's')) };
  const { problems } = await loading(parts);
  assert.deepEqual(
    problems.map(({ path }) => path),
    ['LARKHOUSE_KEY'],
  );
  const { config } = await loading(parts, { env: { LARKHOUSE_KEY: lineOfKey } });
  assert.equal(config?.warehouse.url, 'postgres://u:p@h/d');
});

test('a sealed value of another place, or changed, or under another key is told apart', async () => {
  const env = { LARKHOUSE_KEY: lineOfKey };
  const sealed = await sealedFor(place, 'hidden');
  const at = sealed.length - 20;
  const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
  const cases: readonly (readonly [string, NodeJS.ProcessEnv, RegExp])[] = [
    [await sealedFor('warehouse.url', 'hidden'), env, /is sealed for warehouse\.url/],
    [changed, env, /was changed after it was sealed/],
    [sealed, { LARKHOUSE_KEY: newKey() }, /is not among those given/],
  ];
  for (const [written, environment, message] of cases) {
    const { problems } = await loading(authWith(written), { env: environment });
    assert.equal(problems.length, 1);
    assert.equal(problems[0]?.path, place);
    assert.match(problems[0]?.message ?? '', message);
    assert.doesNotMatch(JSON.stringify(problems), /hidden/);
  }
});

test('without a tenant to ask, secrets of sources are not looked for, and those of the warehouse are', async () => {
  const mark = join(cwd, 'ran');
  const url = 'exec:echo postgres://u:p@h/d';
  const store = {
    mode: 'store_app',
    tenant_key: 'k',
    app_id: 'a',
    app_secret: `exec:touch ${mark}`,
  };
  const parts = { warehouse: { url }, auth: { ...store, app_ticket: '${NOT_SET}' } };
  const { config, problems } = await loading(parts, { forTenants: false });
  assert.deepEqual(problems, []);
  assert.equal(config?.warehouse.url, 'postgres://u:p@h/d');
  assert.equal(existsSync(mark), false);
  assert.equal((await loading(parts)).problems.length, 2);
  assert.equal(existsSync(mark), true);
});

test('commands run side by side', async () => {
  // Each waits for the other's file: one after the other they would never end.
  const meet = (own: string, other: string): string =>
    `exec:sh -c 'echo ${own} > ${own}; while ! test -s ${other}; do sleep 0.05; done; cat ${other}'`;
  const auth = { mode: 'store_app', tenant_key: 'k', app_id: 'a' };
  const { config } = await loading({
    auth: { ...auth, app_secret: meet('one', 'two'), app_ticket: meet('two', 'one') },
  });
  const read = config?.sources[0]?.auth;
  assert.ok(read?.mode === 'store_app' && read.grant === 'app_ticket');
  assert.deepEqual([read.appSecret, read.appTicket], ['two', 'one']);
});
