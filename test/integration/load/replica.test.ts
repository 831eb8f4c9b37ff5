// What is already loaded, as streams read it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SchemaError } from '../../../src/errors.ts';
import { createReplica } from '../../../src/load/replica.ts';
import type { Replica } from '../../../src/stream.ts';
import {
  approval,
  base,
  baseRecord,
  batch,
  instance,
  type Warehouse,
  warehouse,
} from './warehouse.ts';

describe('the replica', () => {
  let house: Warehouse;
  let replica: Replica;
  before(async () => {
    house = await warehouse();
    replica = createReplica({ pool: house.pool, schema: 'lark', source: 'acme' });
    for (const source of ['acme', 'other']) {
      const writer = await house.open(approval, { source });
      const codes = Array.from({ length: source === 'acme' ? 4500 : 3 }, (_, index) => `i${index}`);
      await writer.write(
        batch(
          codes.map((code, index) =>
            instance(code, index % 2 === 0 ? 'PENDING' : 'APPROVED', ['t']),
          ),
        ),
      );
      await writer.close();
    }
  });
  after(() => house.drop());

  async function all(
    ...args: Parameters<Replica['rows']>
  ): Promise<Readonly<Record<string, string | null>>[]> {
    const rows: Readonly<Record<string, string | null>>[] = [];
    for await (const row of replica.rows(...args)) rows.push(row);
    return rows;
  }

  test('all rows of the source come once, in the order of their key, however many', async () => {
    const rows = await all('approval_tasks', ['instance_code', 'task_id']);
    const codes = rows.map((row) => row['instance_code']);
    assert.equal(new Set(codes).size, 4500);
    assert.equal(codes.length, 4500);
    assert.deepEqual(Object.keys(rows[0] ?? {}), ['instance_code', 'task_id']);
  });

  test('rows are chosen by value, by null and by an upper bound; times are ISO texts', async () => {
    await house.rows(`update @.approval_follows set due_at = timestamptz '2025-03-01 12:00:00.5+08'
                      where source = 'acme' and instance_code in ('i1', 'i2')`);
    await house.rows(
      "update @.approval_follows set due_at = '2030-01-01Z' where source = 'acme' and instance_code = 'i3'",
    );
    const columns = ['instance_code', 'due_at'];
    assert.deepEqual(
      await all('approval_follows', columns, { due_at: { atMost: '2026-01-01T00:00:00.000Z' } }),
      [
        { instance_code: 'i1', due_at: '2025-03-01T04:00:00.500Z' },
        { instance_code: 'i2', due_at: '2025-03-01T04:00:00.500Z' },
      ],
    );
    assert.equal((await all('approval_follows', columns, { due_at: null })).length, 4497);
    assert.deepEqual(
      await all('approval_instances', ['status'], { instance_code: 'i7', status: 'APPROVED' }),
      [{ status: 'APPROVED' }],
    );
  });

  test('a reader may stop early, and no connection stays taken', async () => {
    for await (const row of replica.rows('approval_tasks', ['task_id'])) {
      assert.deepEqual(row, { task_id: 't' });
      break;
    }
    assert.equal(house.pool.idleCount, house.pool.totalCount);
  });

  test('known values are those that the source has', async () => {
    const known = await replica.known('approval_instances', 'instance_code', [
      'i1',
      'i4499',
      'i4500',
      "x'y",
    ]);
    assert.deepEqual([...known].sort(), ['i1', 'i4499']);
    assert.deepEqual(await replica.known('approval_instances', 'instance_code', []), new Set());
  });

  test('a cursor is the committed one', async () => {
    assert.equal(await replica.cursor('base.records', 'p'), undefined);
    const writer = await house.open(base);
    await writer.write(batch([baseRecord('a', '{}')], { cursor: { at: 5 } }));
    await writer.close();
    assert.deepEqual(await replica.cursor('base.records', 'p'), { at: 5 });
  });

  test('a table that is missing asks for the migrations', async () => {
    await assert.rejects(all('no_such', ['a']), SchemaError);
  });
});
