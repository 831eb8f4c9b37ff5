// A run that somebody blocks in the warehouse still ends when it is asked to, while it is blocked.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { printed, streamsIn } from './json.ts';
import { startStage } from './stage.ts';

const stage = await startStage();
after(() => stage.close());

async function isSomebodyBlocked(): Promise<boolean> {
  const blocked = await stage.rows(
    "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return blocked.length > 0;
}

/** Starts a run while the tables are locked, and asks it to end when it waits for them. */
async function stoppedWhileLocked(
  tables: string,
): Promise<{ code: number | null; stdout: string }> {
  const holder = await stage.pool.connect();
  try {
    await holder.query(`begin; lock table ${tables} in access exclusive mode`);
    const { process: child, ended } = stage.start(['sync', '--json']);
    while (!(await isSomebodyBlocked())) await pause(50);
    child.kill('SIGTERM');
    return await ended;
  } finally {
    await holder.query('rollback');
    holder.release();
  }
}

test('SIGTERM ends a run whose batches are blocked: it says so, and its row does', async () => {
  const { code, stdout } = await stoppedWhileLocked('lark.sync_cursors');
  assert.equal(code, 130);
  const report = printed(stdout);
  assert.equal(report['status'], 'interrupted');
  assert.equal(streamsIn(report)['base.apps']?.['status'], 'interrupted');
  const [run] = await stage.rows('select status from lark.sync_runs order by run_id desc limit 1');
  assert.deepEqual(run, { status: 'interrupted' });
});

test('SIGTERM ends a run that cannot even record its end', async () => {
  const { code } = await stoppedWhileLocked('lark.sync_runs');
  assert.equal(code, 130);
});

test('the run after them completes', async () => {
  const { code } = await stage.run(['sync']);
  assert.equal(code, 0);
  assert.equal((await stage.rows('select from lark.base_records')).length, 20);
});
