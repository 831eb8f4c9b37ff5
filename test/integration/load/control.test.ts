// Runs and usage in the control tables.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Control, createControl } from '../../../src/load/control.ts';
import { type Lease, openLease } from '../../../src/load/lease.ts';
import { type Warehouse, warehouse } from './warehouse.ts';

describe('control', () => {
  let house: Warehouse;
  let control: Control;
  let lease: Lease;
  before(async () => {
    house = await warehouse();
    control = createControl(house.pool, 'lark');
    lease = await openLease(house.pool);
  });
  after(async () => {
    await lease.release();
    await house.drop();
  });

  const statusOf = async (id: number): Promise<unknown> => {
    const [row] = await house.rows(
      'select status, finished_at is not null as ended, error from @.sync_runs where run_id = $1',
      [id],
    );
    return row;
  };

  test('a run is running until it is finished, and the next has a greater id', async () => {
    const run = await control.begin(lease, 'sync', '1.0.0');
    assert.deepEqual(await statusOf(run.id), { status: 'running', ended: false, error: null });
    const next = await control.begin(lease, 'sync', '1.0.0');
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
    const theirs = await openLease(house.pool);
    const lost = await control.begin(theirs, 'sync', '1.0.0');
    const ended = await control.begin(theirs, 'sync', '1.0.0');
    await ended.finish('complete', null);
    const alive = await control.begin(lease, 'sync', '1.0.0');
    await theirs.release();
    const next = await control.begin(lease, 'sync', '1.0.0');
    assert.deepEqual(await statusOf(lost.id), { status: 'abandoned', ended: true, error: null });
    assert.deepEqual(await statusOf(ended.id), { status: 'complete', ended: true, error: null });
    assert.deepEqual(await statusOf(alive.id), { status: 'running', ended: false, error: null });
    for (const run of [alive, next]) await run.finish('complete', null);
  });

  test('what a run did for a stream is kept, the last word counts', async () => {
    const run = await control.begin(lease, 'sync', '1.0.0');
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
});
