import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Keyring, newKey, readKeyring } from '../../../src/config/keys.ts';

let cwd = '';
before(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'larkhouse-keys-'));
});
after(() => rm(cwd, { recursive: true }));

const [one, two] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];

interface Read {
  readonly ring: Keyring;
  readonly hidden: readonly string[];
}

/** In a home of its own, where nothing is unless a test put it there. */
async function reading(given: NodeJS.ProcessEnv): Promise<Read> {
  const hidden: string[] = [];
  const hide = (secrets: readonly string[]): void => void hidden.push(...secrets);
  const ring = await readKeyring({ env: { HOME: join(cwd, 'nobody'), ...given }, cwd, hide });
  return { ring, hidden };
}

async function idsIn(env: NodeJS.ProcessEnv): Promise<string[]> {
  const { ring } = await reading(env);
  assert.ok('keys' in ring, JSON.stringify(ring));
  return ring.keys.map(({ id }) => id);
}

async function problemIn(env: NodeJS.ProcessEnv): Promise<string> {
  const { ring } = await reading(env);
  assert.ok('problem' in ring, 'there are keys');
  const said = JSON.stringify(ring);
  assert.ok(!said.includes(one) && !said.includes(two), 'a key is told');
  return `${ring.problem.path}: ${ring.problem.message}`;
}

test('a new key is what the environment takes, and each is another', async () => {
  const [id = ''] = await idsIn({ LARKHOUSE_KEY: newKey() });
  assert.match(id, /^[0-9a-f]{8}$/);
  assert.notEqual(newKey(), newKey());
});

test('a key without a name has one of its own, which the key of a new line bears already', async () => {
  const line = newKey();
  const [name = '', text = ''] = line.split(':');
  assert.deepEqual(await idsIn({ LARKHOUSE_KEY: text }), [name]);
  const { ring } = await reading({ LARKHOUSE_KEY: `${line},mine:${two}` });
  assert.ok('keys' in ring);
  assert.deepEqual(
    ring.keys.map(({ isUnique }) => isUnique),
    [true, false],
  );
});

test('several keys keep their order, with commas or on lines', async () => {
  assert.deepEqual(await idsIn({ LARKHOUSE_KEY: `new:${one},old:${two}` }), ['new', 'old']);
  assert.deepEqual(await idsIn({ LARKHOUSE_KEY: ` new:${one}\nold:${two}\n` }), ['new', 'old']);
});

test('keys come from a file that nobody else may read, or from a command', async () => {
  const path = join(cwd, 'key');
  await writeFile(path, `new:${one}\nold:${two}\n`, { mode: 0o600 });
  assert.deepEqual(await idsIn({ LARKHOUSE_KEY_FILE: 'key' }), ['new', 'old']);
  assert.deepEqual(await idsIn({ LARKHOUSE_KEY_FILE: path, LARKHOUSE_KEY: '' }), ['new', 'old']);
  assert.deepEqual(await idsIn({ LARKHOUSE_KEY_COMMAND: 'cat key' }), ['new', 'old']);
  await chmod(path, 0o644);
  assert.match(
    await problemIn({ LARKHOUSE_KEY_FILE: 'key' }),
    /^LARKHOUSE_KEY_FILE: .*open to its/,
  );
});

test('a file may hold keys as they are printed', async () => {
  const key = newKey();
  await writeFile(join(cwd, 'printed'), `LARKHOUSE_KEY=${key}\n`, { mode: 0o600 });
  const { ring, hidden } = await reading({ LARKHOUSE_KEY_FILE: 'printed' });
  assert.ok('keys' in ring);
  assert.equal(`${ring.keys[0].id}:${hidden[0]}`, key);
});

test('without a variable keys come from the usual file of the user', async () => {
  for (const [name, env] of [
    ['home/.config', { HOME: join(cwd, 'home') }],
    ['xdg', { HOME: join(cwd, 'home'), XDG_CONFIG_HOME: join(cwd, 'xdg') }],
  ] as const) {
    const path = join(cwd, name, 'larkhouse/key');
    const empty = await problemIn(env);
    assert.match(empty, /^LARKHOUSE_KEY: is not set, there is no /);
    assert.ok(empty.includes(path));
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, `own:${one}\n`, { mode: 0o600 });
    assert.deepEqual(await idsIn(env), ['own']);
    assert.deepEqual((await reading(env)).hidden, [one]);
    assert.deepEqual(await idsIn({ ...env, LARKHOUSE_KEY: `of-variable:${two}` }), ['of-variable']);
    await chmod(path, 0o644);
    assert.match(await problemIn(env), /^LARKHOUSE_KEY_FILE: the file .* is open to/);
    await chmod(path, 0o600);
    await writeFile(path, 'no key');
    assert.equal((await problemIn(env)).indexOf(`${path}: holds something else`), 0);
    await rm(path);
  }
});

test('each key is hidden as a text, without its name', async () => {
  const { hidden } = await reading({ LARKHOUSE_KEY: `new:${one},${two}` });
  assert.deepEqual(hidden, [one, two]);
});

test('no key, two places, or something else than keys is a problem of that variable', async () => {
  assert.match(await problemIn({}), /^LARKHOUSE_KEY: is not set/);
  assert.match(
    await problemIn({ LARKHOUSE_KEY: one, LARKHOUSE_KEY_FILE: 'key' }),
    /^LARKHOUSE_KEY_FILE: is set beside LARKHOUSE_KEY/,
  );
  const short = randomBytes(31).toString('base64');
  for (const text of [one.slice(1), `${one}A`, `a b:${one}`, 'x', short, `${one},x`, `é:${one}`]) {
    assert.match(await problemIn({ LARKHOUSE_KEY: text }), /^LARKHOUSE_KEY: holds something else/);
  }
  assert.match(await problemIn({ LARKHOUSE_KEY: ' , ' }), /holds no key/);
  assert.match(await problemIn({ LARKHOUSE_KEY: `k:${one} k:${two}` }), /two keys called k$/);
  assert.match(await problemIn({ LARKHOUSE_KEY_COMMAND: "cat 'key" }), /quote that is not closed/);
});
