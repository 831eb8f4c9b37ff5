// Lost connections and conflicts while batches are written.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Client } from 'pg';
import { openPool, query } from '../../../src/load/pool.ts';
import { commits, committed } from '../../faults/moments.ts';
import { type Wire, wireTo } from '../../faults/wire.ts';
import { stateOf, untilBlocked } from './state.ts';
import {
  approval,
  base,
  baseRecord,
  batch,
  instance,
  type Warehouse,
  warehouse,
} from './warehouse.ts';

describe('faults while writing', () => {
  let house: Warehouse;
  let wire: Wire;
  let pool: ReturnType<typeof openPool>;
  before(async () => {
    house = await warehouse();
    wire = await wireTo(house.url);
    pool = openPool(wire.url);
  });
  after(async () => {
    await pool.end();
    await wire.close();
    await house.drop();
  });

  const open = (partition: string) => house.open(base, { pool, partition });

  test('a cursor is committed with its rows or not at all: killed in the middle, the batch is written once', async () => {
    const writer = await open('killed');
    await writer.write(batch([baseRecord('a', '{}', 'killed')], { cursor: { at: 1 } }));
    const holder = new Client(house.url);
    await holder.connect();
    await holder.query('begin; lock table lark.sync_cursors in share mode');
    const writing = writer.write(
      batch([baseRecord('b', '{}', 'killed'), baseRecord('c', '{}', 'killed')], {
        cursor: { at: 2 },
      }),
    );
    const pid = await untilBlocked(house);
    await house.rows('select pg_terminate_backend($1)', [pid]);
    await untilBlocked(house);
    assert.deepEqual(await stateOf(house, 'killed'), { rows: 1, gone: [], cursor: { at: 1 } });
    await holder.query('rollback');
    await holder.end();
    const counts = await writing;
    assert.deepEqual([counts.inserted, counts.unchanged], [2, 0]);
    assert.deepEqual(await stateOf(house, 'killed'), { rows: 3, gone: [], cursor: { at: 2 } });
  });

  test('a COMMIT that did not get there is made up for', async () => {
    const writer = await open('before');
    const cut = wire.at(commits, 'reset');
    const counts = await writer.write(
      batch([baseRecord('a', '{}', 'before')], { cursor: { at: 1 } }),
    );
    await cut;
    assert.equal(counts.inserted, 1);
    assert.deepEqual(await stateOf(house, 'before'), { rows: 1, gone: [], cursor: { at: 1 } });
  });

  test('a COMMIT whose answer was lost is not repeated, and its rows are counted once', async () => {
    const writer = await open('after');
    const cut = wire.at(committed, 'reset');
    const counts = await writer.write(
      batch([baseRecord('a', '{}', 'after')], { cursor: { at: 1 } }),
    );
    await cut;
    assert.deepEqual([counts.inserted, counts.unchanged], [1, 0]);
    assert.deepEqual(await stateOf(house, 'after'), { rows: 1, gone: [], cursor: { at: 1 } });
  });

  test('a connection that says nothing for longer than any statement may take counts as lost', async () => {
    const deaf = openPool(house.url, { silence: 200 });
    await assert.rejects(query(deaf, 'select pg_sleep(600)'), /cannot be reached/);
    await deaf.end();
  });

  test('two partitions that write the same rows in opposite order both get done', async () => {
    const codes = Array.from({ length: 300 }, (_, index) => `x${index}`);
    const writers = await Promise.all(
      ['one', 'two'].map((partition) => house.open(approval, { partition })),
    );
    for (const status of ['PENDING', 'APPROVED', 'CANCELED']) {
      const records = codes.map((code) => instance(code, status, ['t1', 't2']));
      await Promise.all(
        writers.map((writer, index) =>
          writer.write(batch(index === 0 ? records : records.toReversed(), { cursor: { status } })),
        ),
      );
    }
    const rows = await house.rows(
      "select distinct status from @.approval_instances where instance_code like 'x%'",
    );
    assert.deepEqual(rows, [{ status: 'CANCELED' }]);
  });
});
