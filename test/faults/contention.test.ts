// Somebody else is at work in the warehouse, or it cannot take more.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { commitEnds, mergeBegins } from './moments.ts';
import { streamsOf, unfinishedIn } from './scene/process.ts';
import { startScene, type Trial } from './scene.ts';

const scene = await startScene();
after(() => scene.close());

/** A connection of somebody else's. */
async function analyst(trial: Trial): Promise<Client> {
  const client = new Client({ connectionString: trial.url });
  // It may be chosen to end a deadlock, or be cut off with its database.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Waits until somebody waits for a lock on the table or a row of it; gives the process in Postgres. */
async function blocked(trial: Trial, table: string): Promise<number> {
  for (;;) {
    const [row] = await trial.rows<{ pid: number }>(
      `select distinct w.pid from pg_locks w join pg_locks h on h.pid = w.pid
where not w.granted and (w.relation = $1::regclass or h.relation = $1::regclass)`,
      [`lark.${table}`],
    );
    if (row !== undefined) return row.pid;
    await pause(20);
  }
}

test('fault 28: a table that an analyst has locked is waited for, and the run completes', async () => {
  const trial = await scene.trial();
  const other = await analyst(trial);
  await other.query('begin; lock table lark.base_records in access exclusive mode');
  const running = trial.start();
  await blocked(trial, 'base_records');
  await other.query('commit');
  await other.end();
  assert.deepEqual(unfinishedIn(await running.ended), []);
  await trial.prove();
});

test('fault 28: a load blocks nobody who reads, and is blocked by nobody who reads', async () => {
  const trial = await scene.trial();
  const reader = await analyst(trial);
  await reader.query(
    'begin isolation level repeatable read; select count(*) from lark.base_records',
  );
  const seen = trial.wire.at(mergeBegins('base_records'), async () => 'pass');
  const read = trial.wire.at(commitEnds('base_records'), async () => {
    await trial.rows('select count(*) from lark.base_records');
    return 'pass';
  });
  const ended = await trial.run();
  await Promise.all([seen, read]);
  await reader.query('commit');
  await reader.end();
  assert.deepEqual(unfinishedIn(ended), []);
  await trial.prove();
});

test('fault 28: a statement that is cancelled stops its stream alone, and says so', async () => {
  const trial = await scene.trial();
  const other = await analyst(trial);
  await other.query('begin; lock table lark.attendance_flows in access exclusive mode');
  const running = trial.start();
  const stopped = running.says(/"attendance\.flows","status":"incomplete"/);
  await trial.rows('select pg_cancel_backend($1)', [await blocked(trial, 'attendance_flows')]);
  await stopped;
  await other.query('commit');
  await other.end();
  const ended = await running.ended;
  const { 'attendance.flows': flows, ...others } = streamsOf(ended);
  assert.equal(ended.code, 1);
  assert.match(String(flows?.['error']), /57014/);
  for (const [name, { status }] of Object.entries(others)) assert.equal(status, 'complete', name);
  await trial.prove();
});

test('fault 28: a deadlock with an analyst is survived', async () => {
  const trial = await scene.trial();
  const other = await analyst(trial);
  await other.query('begin; select from lark.contact_user_departments for update');
  const merging = trial.wire.at(mergeBegins('contact_users'), async () => 'pass');
  const running = trial.start();
  await merging;
  await blocked(trial, 'contact_user_departments');
  // Whoever Postgres chooses: larkhouse repeats its transaction, the analyst gives up.
  await other.query('update lark.contact_users set nickname = nickname').catch(() => undefined);
  await other.query('rollback');
  await other.end();
  const { code, stdout } = await running.ended;
  assert.equal(code, 0, stdout);
  const [{ deadlocks } = { deadlocks: 0 }] = await trial.rows<{ deadlocks: number }>(
    `select pg_stat_get_db_deadlocks(oid)::integer as deadlocks
from pg_database where datname = current_database()`,
  );
  assert.equal(deadlocks, 1);
  await trial.prove();
});

test('fault 28: a serialization failure is repeated, and the run completes', async () => {
  const trial = await scene.trial();
  const name = new URL(trial.url).pathname.slice(1);
  await trial.rows(`alter database ${name} set default_transaction_isolation = 'repeatable read'`);
  let failures = 0;
  trial.wire.watch(({ kind, text }) => {
    if (kind === 'ErrorResponse' && text === '40001') failures += 1;
  });
  const changed = trial.wire.at(mergeBegins('contact_users'), async () => {
    await trial.rows('update lark.contact_users set nickname = nickname');
    return 'pass';
  });
  const ended = await trial.run();
  await changed;
  assert.deepEqual([failures, unfinishedIn(ended)], [1, []]);
  await trial.prove();
});

// A disk that is really full needs a disk of one's own: the trigger raises what Postgres raises then.
test('fault 21: a full disk takes the batch back and is told; with room again the next run completes', async () => {
  const trial = await scene.trial();
  await trial.rows(`create function lark.full() returns trigger language plpgsql as
$$begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end$$`);
  await trial.rows(
    'create trigger full_disk before insert on lark.base_records execute function lark.full()',
  );
  let attempts = 0;
  trial.wire.watch(({ kind, text }) => {
    if (kind === 'ErrorResponse' && text === '53100') attempts += 1;
  });
  const ended = await trial.run();
  assert.equal(ended.code, 1);
  assert.match(
    String(streamsOf(ended)['base.records']?.['error']),
    /disk of the warehouse .* is full/,
  );
  assert.equal(attempts, 1);
  await trial.rows('drop function lark.full() cascade');
  await trial.prove();
});
