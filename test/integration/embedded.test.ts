import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { Client } from 'pg';
import {
  type Embedded,
  embeddedStatus,
  removeEmbedded,
  startEmbedded,
  stopEmbedded,
} from '../../src/load/embedded.ts';

let directory: string;

const start = (): Promise<Embedded> => {
  const binaries = process.env['PG_BIN'];
  return startEmbedded({ directory, durable: false, ...(binaries ? { binaries } : {}) });
};

const ask = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

const pidFile = (): string => join(directory, 'postgres', 'data', 'postmaster.pid');

/** Ends the server as a crash of the machine would, and leaves its pid file. */
const crash = async (): Promise<string> => {
  const text = await readFile(pidFile(), 'utf8');
  const pid = Number(text.split('\n')[0]);
  process.kill(pid, 'SIGKILL');
  while ((await embeddedStatus(directory)).running);
  return text;
};

before(async () => {
  directory = await mkdtemp(join(tmpdir(), `larkhouse-test-${process.pid}-`));
  await chmod(directory, 0o711);
});

beforeEach(async () => void (await start()));

after(async () => {
  await removeEmbedded(directory);
  await rm(directory, { recursive: true });
});

test('a second start joins the running server', async () => {
  const [first, second] = [await start(), await start()];
  assert.equal(second.started, false);
  assert.equal(second.url, first.url);
});

test('commands that start at the same moment share one new cluster', async () => {
  await removeEmbedded(directory);
  const all = await Promise.all([start(), start(), start()]);
  assert.equal(all.filter(({ started }) => started).length, 1);
  assert.equal(new Set(all.map(({ url }) => url)).size, 1);
});

test('data, password and port are the same after a stop', async () => {
  const { url } = await start();
  await ask(url, 'create table kept as select 7 as n');
  assert.equal(await stopEmbedded(directory), true);
  assert.equal((await embeddedStatus(directory)).running, false);
  const again = await start();
  assert.equal(again.started, true);
  assert.equal(again.url, url);
  assert.deepEqual(await ask(again.url, 'select n from kept'), [{ n: 7 }]);
});

interface Creation {
  /** Also that of its group, as a terminal gives it one. */
  readonly pid: number;
  readonly ended: Promise<unknown>;
}

/** A command that has begun to create the cluster. */
async function creating(): Promise<Creation> {
  await removeEmbedded(directory);
  const script = `
    import { startEmbedded } from ${JSON.stringify(new URL('../../src/load/embedded.ts', import.meta.url).href)};
    process.on('SIGINT', () => undefined);
    const [directory, binaries] = process.argv.slice(1);
    await startEmbedded({ directory, durable: false, ...(binaries ? { binaries } : {}) });`;
  const args = ['--input-type=module', '-e', script, directory, process.env['PG_BIN'] ?? ''];
  const child = spawn(process.execPath, args, {
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'close').then(([code]) => code);
  while (!(await isBeingFilled())) assert.equal(child.exitCode, null);
  assert.ok(child.pid !== undefined);
  return { pid: child.pid, ended };
}

/** Whether Postgres has begun to write into a cluster that is not ready yet. */
async function isBeingFilled(): Promise<boolean> {
  const draft = (await readdir(directory)).find((name) => name.startsWith('postgres.new-'));
  if (draft === undefined) return false;
  return (await readdir(join(directory, draft, 'data')).catch(() => [])).length > 0;
}

test('Ctrl-C in the middle of the creation is left to the command: the cluster is finished', async () => {
  const { pid, ended } = await creating();
  process.kill(-pid, 'SIGINT');
  assert.equal(await ended, 0);
  assert.equal((await start()).started, false);
});

test('a command that is killed in the middle of the creation leaves nothing that the next one minds', async () => {
  const { pid, ended } = await creating();
  process.kill(pid, 'SIGKILL');
  await ended;
  assert.equal((await start()).started, true);
  assert.deepEqual(await readdir(directory), ['postgres']);
});

test('another port is taken when the last one is no longer free', async () => {
  const { port } = await start();
  await stopEmbedded(directory);
  const intruder = createServer();
  await new Promise<void>((resolve) => intruder.listen(port, '127.0.0.1', resolve));
  try {
    assert.notEqual((await start()).port, port);
  } finally {
    intruder.close();
  }
});

test('a crash leaves nothing that prevents the next start', async () => {
  await crash();
  assert.equal((await start()).started, true);
});

test('a pid file that names another living process is not believed', async () => {
  const text = await crash();
  const { uid, gid } = await stat(join(directory, 'postgres', 'data'));
  const stranger: ChildProcess = spawn('/bin/sh', ['-c', 'read line'], { uid, gid });
  try {
    await writeFile(pidFile(), text.replace(/^\d+/, String(stranger.pid)));
    await chown(pidFile(), uid, gid);
    assert.equal((await embeddedStatus(directory)).running, false);
    assert.equal((await start()).started, true);
    assert.equal(stranger.exitCode, null);
  } finally {
    stranger.kill();
  }
});

test('the warehouse is owned by an ordinary role, in UTF-8 with checksums', async () => {
  const { url } = await start();
  const [facts] = await ask(
    url,
    `select current_database() as database, usesuper, pg_encoding_to_char(encoding) as encoding,
            current_setting('data_checksums') as checksums, current_setting('listen_addresses') as address,
            current_setting('jit') as jit
     from pg_database join pg_user on usesysid = datdba and usename = current_user
     where datname = current_database()`,
  );
  assert.deepEqual(facts, {
    database: 'larkhouse',
    usesuper: false,
    encoding: 'UTF8',
    checksums: 'on',
    address: '127.0.0.1',
    jit: 'off',
  });
});

test('a failing statement leaves neither its text nor its values in the log', async () => {
  const { url } = await start();
  await assert.rejects(ask(url, "select 'salary'::int"), { code: '22P02' });
  await assert.rejects(
    ask(
      url,
      "create temp table person (id text primary key); insert into person values ('alice'), ('alice')",
    ),
    { code: '23505' },
  );
  assert.doesNotMatch(await readFile(join(directory, 'postgres', 'log'), 'utf8'), /salary|alice/);
});

test('only the owner can read the passwords, and they are in no process list', async () => {
  const { url, pgpass } = await start();
  assert.equal((await stat(pgpass)).mode & 0o777, 0o600);
  const [row] = await ask(url, 'select 1 as ready');
  assert.deepEqual(row, { ready: 1 });
  const { password } = new URL(url);
  const pid = (await readFile(pidFile(), 'utf8')).split('\n')[0];
  for (const name of ['cmdline', 'environ']) {
    const text = await readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
    assert.equal(text.includes(password), false);
  }
  assert.deepEqual(await readdir(directory), ['postgres']);
});
