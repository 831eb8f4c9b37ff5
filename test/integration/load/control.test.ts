// Runs, usage and leases in the control tables.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createControl } from '../../../src/load/control.ts';
import { acquireLease } from '../../../src/load/lease.ts';
import { openPool } from '../../../src/load/pool.ts';
import { type Warehouse, warehouse } from './warehouse.ts';

describe('control', () => {
  let house: Warehouse;
  before(async () => {
    house = await warehouse();
  });
  after(() => house.drop());

  const statusOf = async (id: number): Promise<unknown> => {
    const [row] = await house.rows(
      'select status, finished_at is not null as ended, error from @.sync_runs where run_id = $1',
      [id],
    );
    return row;
  };

  test('a run is running until it is finished, and the next has a greater id', async () => {
    const control = createControl(house.pool, 'lark');
    const run = await control.begin('sync', '1.0.0');
    assert.deepEqual(await statusOf(run.id), { status: 'running', ended: false, error: null });
    const next = await control.begin('sync', '1.0.0');
    assert.ok(next.id > run.id);
    assert.deepEqual(await statusOf(run.id), { status: 'running', ended: false, error: null });
    await run.finish('incomplete', 'base.records stopped');
    await next.finish('complete', null);
    assert.deepEqual(await statusOf(run.id), {
      status: 'incomplete',
      ended: true,
      error: 'base.records stopped',
    });
  });

  test('a run whose process vanished is marked as abandoned by the next one', async () => {
    const control = createControl(house.pool, 'lark');
    const lost = await control.begin('sync', '1.0.0');
    await house.rows(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'
       and database = (select oid from pg_database where datname = current_database())`,
    );
    const next = await control.begin('sync', '1.0.0');
    assert.deepEqual(await statusOf(lost.id), { status: 'abandoned', ended: true, error: null });
    await next.finish('complete', null);
  });

  test('what a run did for a stream is kept, the last word counts', async () => {
    const control = createControl(house.pool, 'lark');
    const run = await control.begin('sync', '1.0.0');
    const row = {
      status: 'running',
      records: 1,
      rows_inserted: 1,
      rows_updated: 0,
      rows_unchanged: 0,
      rows_deleted: 0,
      rejected: 0,
      requests: 2,
      throttled: 0,
      retries: 0,
      seconds: 0.5,
      error: null,
    };
    await control.recordStream(run.id, 'acme', 'base.records', row);
    await control.recordStream(run.id, 'acme', 'base.records', {
      ...row,
      status: 'complete',
      records: 5,
    });
    await run.finish('complete', null);
    const rows = await house.rows(
      'select status, records::int, seconds from @.sync_stream_runs where run_id = $1',
      [run.id],
    );
    assert.deepEqual(rows, [{ status: 'complete', records: 5, seconds: 0.5 }]);
  });

  test('usage adds up by endpoint and day, and a month has its own days only', async () => {
    const control = createControl(house.pool, 'lark');
    const use = (day: string, requests: number) => ({
      endpoint: 'approval.get',
      day,
      requests,
      throttled: 1,
      errors: 0,
    });
    await control.addUsage('acme', [
      use('2026-01-31', 100),
      use('2026-02-01', 3),
      { ...use('2026-02-28', 5), endpoint: 'base.list' },
    ]);
    await control.addUsage('acme', [use('2026-02-01', 4), use('2026-03-01', 50)]);
    await control.addUsage('other', [use('2026-02-01', 1000)]);
    await control.addUsage('acme', []);
    const usage = await control.monthlyUsage('acme', '2026-02');
    assert.deepEqual([...usage].sort(), [
      ['approval.get', 7],
      ['base.list', 5],
    ]);
    assert.deepEqual(await control.monthlyUsage('acme', '2025-02'), new Map());
  });

  test('one writer a source: a second finds the lease taken, until it is released', async () => {
    const pool = openPool(house.url);
    const first = await acquireLease(pool, 'lark', 'acme');
    assert.ok(first !== undefined);
    assert.equal(await acquireLease(pool, 'lark', 'acme'), undefined);
    const beside = await Promise.all([
      acquireLease(pool, 'lark', 'other'),
      acquireLease(pool, 'lark2', 'acme'),
    ]);
    assert.ok(beside.every((lease) => lease !== undefined));
    await first.release();
    const again = await acquireLease(pool, 'lark', 'acme');
    assert.ok(again !== undefined);
    for (const lease of [again, ...beside]) await lease?.release();
    await pool.end();
  });
});
