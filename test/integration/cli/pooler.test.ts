// Everything works through a pooler that gives each transaction another connection.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Client } from 'pg';
import { meanwhile } from '../../../src/demo/fault-answers.ts';
import { migrateUp, pending } from '../../../src/load/migrate.ts';
import { poolerTo } from '../../pooler/pooler.ts';
import { printed, streamsIn } from './json.ts';
import { startStage } from './stage.ts';

const stage = await startStage();
const pooler = await poolerTo(stage.url);
after(async () => {
  await pooler.close();
  await stage.close();
});

const through = { DATABASE_URL: pooler.url };

/** What sessions have kept: settings and locks of their own. Asks all connections of the pooler at once. */
async function leftovers(): Promise<readonly unknown[]> {
  const clients = [new Client(pooler.url), new Client(pooler.url)];
  for (const client of clients) await client.connect();
  await Promise.all(clients.map((client) => client.query('begin')));
  const found = await Promise.all(
    clients.map((client) =>
      client.query(`select name from pg_settings where source = 'session'
union all select locktype from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()`),
    ),
  );
  for (const client of clients) await client.end();
  return found.flatMap(({ rows }) => rows);
}

test('the pooler refuses what PgBouncer refuses', async () => {
  const client = new Client({ connectionString: pooler.url, statement_timeout: 1000 });
  await assert.rejects(client.connect(), /unsupported startup parameter: statement_timeout/);
});

test('a warehouse is migrated', async () => {
  const all = await pending(pooler.url, 'pooled');
  assert.deepEqual(await migrateUp(pooler.url, 'pooled'), all);
  assert.deepEqual(await pending(pooler.url, 'pooled'), []);
});

test('a sync loads everything, and the next one finds what changed', async () => {
  const first = await stage.run(['sync', '--json'], through);
  assert.equal(first.code, 0, first.stderr);
  const [counted] = await stage.rows<{ count: number }>(
    'select count(*)::integer from lark.base_records',
  );
  assert.equal(counted?.count, 20);
  const again = await stage.run(['sync', '--full', '--json'], through);
  assert.equal(again.code, 0, again.stderr);
  const { inserted, unchanged } = streamsIn(printed(again.stdout))['base.records'] ?? {};
  assert.deepEqual([inserted, unchanged], [0, 20]);
  assert.ok(pooler.transactions > 50);
  assert.deepEqual(await leftovers(), []);
});

test('a source that a run holds is skipped by another, and free after it', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const hold = meanwhile(() => {
    ask();
    return released;
  });
  stage.tenant.faults.next('base.records.search', hold);
  const running = stage.start(['sync', '--full', '--json'], through);
  await asked;
  const other = await stage.run(['sync', '--json'], through);
  assert.equal(printed(other.stdout)['status'], 'skipped');
  release();
  assert.equal((await running.ended).code, 0);
  assert.equal((await stage.run(['sync', '--json'], through)).code, 0);
});

/** Of the first run that is not skipped: the pooler has to notice first that the process is gone. */
async function statusOfNext(): Promise<unknown> {
  for (let attempt = 1; ; attempt += 1) {
    const { stdout } = await stage.run(['sync', '--json'], through);
    const { status } = printed(stdout);
    if (status !== 'skipped' || attempt === 20) return status;
  }
}

test('a run that is killed frees its source, and is marked as abandoned', async () => {
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  stage.tenant.faults.next(
    'base.records.search',
    meanwhile(() => {
      ask();
      return released;
    }),
  );
  const running = stage.start(['sync', '--full'], through);
  await asked;
  running.process.kill('SIGKILL');
  await running.ended;
  assert.equal(await statusOfNext(), 'complete');
  release();
  const statuses = await stage.rows<{ status: string }>(
    'select status from lark.sync_runs order by run_id desc limit 2',
  );
  assert.deepEqual(
    statuses.map(({ status }) => status),
    ['complete', 'abandoned'],
  );
  assert.deepEqual(await leftovers(), []);
});
