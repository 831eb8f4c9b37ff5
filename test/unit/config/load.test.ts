import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { loadConfig } from '../../../src/config/load.ts';
import { ConfigError } from '../../../src/errors.ts';
import { problemsIn, read, sample } from './sample.ts';

let cwd = '';
before(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'larkhouse-config-'));
  await mkdir(join(cwd, 'config'));
  for (const name of ['flag', 'env']) {
    await writeFile(join(cwd, `${name}.yaml`), sample().replaceAll('acme', name));
  }
});
after(() => rm(cwd, { recursive: true }));

const byEnvironment = { LARKHOUSE_CONFIG: 'env.yaml' };

async function sourceName(file: string | undefined, env: NodeJS.ProcessEnv): Promise<string> {
  const { config } = await loadConfig({ file, env, cwd });
  return config.sources.map(({ name }) => name).join();
}

test('the flag wins over the environment, which wins over the usual place and the demo', async () => {
  const usual = join(cwd, 'config', 'larkhouse.yaml');
  assert.equal(await sourceName(undefined, { LARKHOUSE_CONFIG: '' }), 'demo');
  await writeFile(usual, sample().replaceAll('acme', 'usual'));
  assert.equal(await sourceName(undefined, {}), 'usual');
  assert.equal(await sourceName(undefined, byEnvironment), 'env');
  assert.equal(await sourceName('flag.yaml', byEnvironment), 'flag');
  await rm(usual);
});

test('the file that was read is named with its full path', async () => {
  const loaded = await loadConfig({ file: 'flag.yaml', env: {}, cwd });
  assert.equal(loaded.file, join(cwd, 'flag.yaml'));
  assert.equal(loaded.isDemo, false);
});

test('the demo holds when nothing is named, and is known when it is named', async () => {
  const unnamed = await loadConfig({ env: {}, cwd });
  assert.equal(unnamed.file, undefined);
  assert.equal(unnamed.isDemo, true);
  const path = join(import.meta.dirname, '../../../config/demo.yaml');
  assert.equal((await loadConfig({ file: path, env: {}, cwd })).isDemo, true);
});

test('a named file that is missing, or a folder, is an error that says what to do', async () => {
  await assert.rejects(loadConfig({ file: 'no.yaml', env: byEnvironment, cwd }), {
    name: 'ConfigError',
    message: /no\.yaml: there is no such file .*--config.*config\/example\.yaml/,
  });
  await assert.rejects(loadConfig({ env: { LARKHOUSE_CONFIG: 'no.yaml' }, cwd }), {
    message: /no\.yaml: there is no such file .*LARKHOUSE_CONFIG/,
  });
  await assert.rejects(loadConfig({ file: '', env: {}, cwd }), { message: /--config: names no/ });
  await assert.rejects(loadConfig({ file: 'config', env: {}, cwd }), {
    message: /config: cannot be read \(EISDIR\)/,
  });
});

test('a file that is not UTF-8 is refused', async () => {
  await writeFile(join(cwd, 'latin.yaml'), Buffer.from('sources: caf\xe9', 'latin1'));
  await assert.rejects(loadConfig({ file: 'latin.yaml', env: {}, cwd }), { message: /UTF-8/ });
});

test('the configuration is frozen at every depth', () => {
  const frozen = (value: unknown): boolean =>
    typeof value !== 'object' ||
    value === null ||
    (Object.isFrozen(value) && Object.values(value).every(frozen));
  assert.ok(frozen(read(sample())));
});

test('problems of syntax, environment and schema are told at once, in one error', () => {
  const text = `
warehouse: { schema: Lark, scema: x }
sources:
  acme:
    platform: \${PLATFORM}
    platform: \${PLATFORM}
    auth: { mode: custom_app, app_id: cli_a, app_secret: "\${LARK_APP_SECRET}" }
    modules:
      aproval: {}
      base: [{ app_token: a, view_id: v }]
      attendance: { user_ids: [1], lookback_days: many }
`;
  assert.deepEqual(
    problemsIn(text)
      .map(({ path }) => path)
      .sort(),
    [
      'sources.acme.auth.app_secret',
      'sources.acme.modules.aproval',
      'sources.acme.modules.attendance.lookback_days',
      'sources.acme.modules.attendance.user_ids[0]',
      'sources.acme.modules.base[0].view_id',
      'sources.acme.platform',
      'sources.acme.platform',
      'warehouse.scema',
      'warehouse.schema',
    ],
  );
});

test('unknown keys of one mapping are a problem each, with what was probably meant', () => {
  const problems = problemsIn(sample({ source: { plattform: 1, zzz: 2 } }));
  assert.deepEqual(problems, [
    {
      path: 'sources.acme.plattform',
      message: 'is not a known key',
      suggestion: 'did you mean platform?',
    },
    {
      path: 'sources.acme.zzz',
      message: 'is not a known key',
      suggestion: 'accepted: platform, base_url, allow_hosts, auth, quota, modules',
    },
  ]);
});

test('a reference that fails is not also judged as a value, but its key is', () => {
  const source = { quota: { monthly_calls: '${N}', monthly: '${M}' } };
  assert.deepEqual(
    problemsIn(sample({ source })).map(({ path, message }) => `${path}: ${message}`),
    [
      'sources.acme.quota.monthly_calls: the environment variable N is not set',
      'sources.acme.quota.monthly: the environment variable M is not set',
      'sources.acme.quota.monthly: is not a known key',
    ],
  );
});

test('a value of the environment cannot become YAML', () => {
  const auth = { mode: 'custom_app', app_id: 'a', app_secret: '${SECRET}' };
  const secret = 'x }\nmodules: { contact: {} }';
  const config = read(sample({ auth }), { SECRET: secret });
  const [source] = config.sources;
  assert.equal(source?.auth.mode === 'custom_app' ? source.auth.appSecret : '', secret);
});

test('no value is ever in an error, whatever is wrong with it', () => {
  const hidden = 'h1dd3n';
  const texts = [
    sample({ auth: { mode: hidden } }),
    sample({ auth: { mode: 'custom_app', app_id: `${hidden} x`, app_secret: { [`x`]: hidden } } }),
    sample({ auth: { mode: 'store_app', app_ticket: [hidden], app_access_token: ` ${hidden}` } }),
    sample({ source: { platform: hidden, base_url: hidden, allow_hosts: [`${hidden}/`] } }),
    sample({
      modules: { base: [hidden, { app_token: `${hidden}!`, url: hidden }], contact: hidden },
    }),
    sample({ modules: { approval: { approval_codes: [hidden, hidden], start_date: hidden } } }),
    sample({ warehouse: { url: `${hidden}://x`, schema: `${hidden}-` } }),
  ];
  for (const text of texts) {
    assert.throws(
      () => read(text),
      (error) =>
        error instanceof ConfigError && !JSON.stringify([error.message, error]).includes(hidden),
    );
  }
});
