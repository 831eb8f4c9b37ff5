// Lost connections, conflicts and locks while batches are written.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { TransientError } from '../../../src/errors.ts';
import { openPool } from '../../../src/load/pool.ts';
import { createSink } from '../../../src/load/sink.ts';
import type { Writer } from '../../../src/stream.ts';
import {
  approval,
  base,
  baseRecord,
  batch,
  instance,
  type Warehouse,
  warehouse,
} from './warehouse.ts';
import { type Wire, wireTo } from './wire.ts';

describe('faults while writing', () => {
  let house: Warehouse;
  let wire: Wire;
  let pool: ReturnType<typeof openPool>;
  let runId = 0;
  before(async () => {
    house = await warehouse();
    wire = await wireTo(house.url);
    pool = openPool(wire.url);
  });
  beforeEach(() => {
    runId += 1;
  });
  after(async () => {
    for (const writer of writers) await writer.close();
    await pool.end();
    await wire.close();
    await house.drop();
  });

  const writers: Writer[] = [];
  async function open(stream: typeof base, partition: string): Promise<Writer> {
    const writer = await createSink({ pool, schema: 'lark', source: 'acme', runId }).open(
      stream,
      { key: partition },
      { confirm: undefined, warn: () => undefined, fail: () => undefined },
    );
    writers.push(writer);
    return writer;
  }
  const state = async (partition: string) => {
    const [rows, cursors] = await Promise.all([
      house.rows('select from @.base_records where table_id = $1', [partition]),
      house.rows('select cursor from @.sync_cursors where partition = $1', [partition]),
    ]);
    return { rows: rows.length, cursor: cursors[0]?.['cursor'] };
  };

  /** Waits until the writer waits for the lock that `holder` has. */
  async function untilBlocked(): Promise<number> {
    for (;;) {
      const [row] = await house.rows(
        "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      if (row !== undefined) return Number(row['pid']);
      await pause(20);
    }
  }

  test('a cursor is committed with its rows or not at all: killed in the middle, the batch is written once', async () => {
    const writer = await open(base, 'killed');
    await writer.write(batch([baseRecord('a', '{}', 'killed')], { cursor: { at: 1 } }));
    const holder = new Client(house.url);
    await holder.connect();
    await holder.query('begin; lock table lark.sync_cursors in share mode');
    const writing = writer.write(
      batch([baseRecord('b', '{}', 'killed'), baseRecord('c', '{}', 'killed')], {
        cursor: { at: 2 },
      }),
    );
    const pid = await untilBlocked();
    await house.rows('select pg_terminate_backend($1)', [pid]);
    await untilBlocked();
    assert.deepEqual(await state('killed'), { rows: 1, cursor: { at: 1 } });
    await holder.query('rollback');
    await holder.end();
    const counts = await writing;
    await writer.close();
    assert.deepEqual([counts.inserted, counts.unchanged], [2, 0]);
    assert.deepEqual(await state('killed'), { rows: 3, cursor: { at: 2 } });
  });

  test('a COMMIT that did not get there is made up for', async () => {
    const writer = await open(base, 'before');
    wire.cut('before');
    const counts = await writer.write(
      batch([baseRecord('a', '{}', 'before')], { cursor: { at: 1 } }),
    );
    await writer.close();
    assert.deepEqual([wire.cuts, counts.inserted], [1, 1]);
    assert.deepEqual(await state('before'), { rows: 1, cursor: { at: 1 } });
  });

  test('a COMMIT whose answer was lost is not repeated, and its rows are counted once', async () => {
    const writer = await open(base, 'after');
    wire.cut('after');
    const counts = await writer.write(
      batch([baseRecord('a', '{}', 'after')], { cursor: { at: 1 } }),
    );
    await writer.close();
    assert.deepEqual([wire.cuts, counts.inserted, counts.unchanged], [2, 1, 0]);
    assert.deepEqual(await state('after'), { rows: 1, cursor: { at: 1 } });
  });

  test('a connection lost with the keys seen so far fails the reading; nothing is marked deleted', async () => {
    const first = await open(base, 'seen');
    await first.write(
      batch(
        ['a', 'b'].map((id) => baseRecord(id, '{}', 'seen')),
        { cursor: { at: 1 } },
      ),
    );
    await first.close();
    runId += 1;
    for (const moment of ['idle', 'commit'] as const) {
      const writer = await open(base, 'seen');
      if (moment === 'commit') wire.cut('after');
      await writer.write(batch([baseRecord('a', '{}', 'seen')]));
      if (moment === 'idle') wire.cutAll();
      const covering = batch([baseRecord('b', '{}', 'seen')], { covers: { table_id: 'seen' } });
      await assert.rejects(writer.write(covering), TransientError);
      await writer.close();
    }
    const live = await house.rows(
      "select from @.base_records where table_id = 'seen' and deleted_at is null",
    );
    assert.equal(live.length, 2);
  });

  test('two partitions that write the same rows in opposite order both get done', async () => {
    const codes = Array.from({ length: 300 }, (_, index) => `x${index}`);
    const writers = await Promise.all(['one', 'two'].map((partition) => open(approval, partition)));
    for (const status of ['PENDING', 'APPROVED', 'CANCELED']) {
      const records = codes.map((code) => instance(code, status, ['t1', 't2']));
      await Promise.all(
        writers.map((writer, index) =>
          writer.write(batch(index === 0 ? records : records.toReversed(), { cursor: { status } })),
        ),
      );
    }
    for (const writer of writers) await writer.close();
    const rows = await house.rows(
      "select distinct status from @.approval_instances where instance_code like 'x%'",
    );
    assert.deepEqual(rows, [{ status: 'CANCELED' }]);
  });
});
