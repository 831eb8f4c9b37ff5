// What a complete reading has given outlives its connection; where it is lost, nothing is marked as deleted.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ReadingLostError } from '../../../src/errors.ts';
import { openPool } from '../../../src/load/pool.ts';
import { layoutsOf } from '../../../src/load/sink/layout.ts';
import { areAllGiven } from '../../../src/load/sink/scope.ts';
import { commits, committed } from '../../faults/moments.ts';
import { type Wire, wireTo } from '../../faults/wire.ts';
import { stateOf } from './state.ts';
import { base, baseRecord, batch, type Warehouse, warehouse } from './warehouse.ts';

describe('keys that a reading has given', () => {
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

  const given = (table: string, ids: readonly string[]) =>
    ids.map((id) => baseRecord(id, '{}', table));

  /** A first run that loads a, b and c. */
  async function fill(table: string): Promise<void> {
    const writer = await house.open(base, { partition: table, runId: 1 });
    await writer.write(batch(given(table, ['a', 'b', 'c']), { cursor: { at: 1 } }));
    await writer.close();
  }
  const covering = (table: string, ids: readonly string[]) =>
    batch(given(table, ids), { covers: { table_id: table }, cursor: { at: 2 } });

  for (const moment of ['idle', 'before', 'after'] as const) {
    const when = moment === 'idle' ? 'between batches' : `${moment} its COMMIT got there`;
    test(`they outlive a connection that is lost ${when}`, async () => {
      const table = `lost ${moment}`;
      await fill(table);
      const writer = await house.open(base, { pool, partition: table, runId: 2 });
      if (moment !== 'idle') void wire.at(moment === 'before' ? commits : committed, 'reset');
      await writer.write(batch(given(table, ['a'])));
      if (moment === 'idle') wire.cutAll();
      const { deleted } = await writer.write(covering(table, ['b']));
      assert.equal(deleted, 1);
      assert.deepEqual(await stateOf(house, table), { rows: 3, gone: ['c'], cursor: { at: 2 } });
    });
  }

  test('when the warehouse has lost them, the reading is refused and marks nothing', async () => {
    await fill('crash');
    const writer = await house.open(base, { partition: 'crash', runId: 2 });
    await writer.write(batch(given('crash', ['a'])));
    await house.rows('truncate @.sync_seen_keys');
    await assert.rejects(writer.write(covering('crash', ['b'])), ReadingLostError);
    assert.deepEqual(await stateOf(house, 'crash'), { rows: 3, gone: [], cursor: { at: 1 } });
    const again = await house.open(base, { partition: 'crash', runId: 2 });
    await again.write(batch(given('crash', ['a'])));
    assert.equal((await again.write(covering('crash', ['b']))).deleted, 1);
  });

  test('those of a reading that was broken off do not count for the next one', async () => {
    await fill('broken');
    const killed = await house.open(base, { partition: 'broken', runId: 2 });
    await killed.write(batch(given('broken', ['a'])));
    const next = await house.open(base, { partition: 'broken', runId: 3 });
    assert.equal((await next.write(covering('broken', ['b', 'c']))).deleted, 1);
    assert.deepEqual((await stateOf(house, 'broken')).gone, ['a']);
  });

  test('those of a scope that is judged are forgotten before the next, and no others', async () => {
    for (const table of ['first', 'second', 'third']) await fill(table);
    const writer = await house.open(base, { partition: 'three', runId: 2 });
    await writer.write(batch([...given('third', ['a']), ...given('first', ['a'])]));
    assert.equal((await writer.write(covering('first', ['b']))).deleted, 1);
    assert.equal((await writer.write(covering('second', ['c']))).deleted, 2);
    const kept = await house.rows(
      `select beginning[2] as table, unnest(endings) as id from @.sync_seen_keys
       where partition = 'three' and endings is not null order by 1, 2`,
    );
    assert.deepEqual(kept, [
      { table: 'second', id: 'c' },
      { table: 'third', id: 'a' },
    ]);
    assert.equal((await writer.write(covering('third', ['b']))).deleted, 1);
    assert.deepEqual((await stateOf(house, 'first')).gone, ['c']);
    assert.deepEqual((await stateOf(house, 'second')).gone, ['a', 'b']);
    assert.deepEqual((await stateOf(house, 'third')).gone, ['c']);
  });

  test('a key that is given twice does not stand for one that is missing', async () => {
    await fill('twice');
    const writer = await house.open(base, { partition: 'twice', runId: 2 });
    await writer.write(batch(given('twice', ['a', 'b'])));
    assert.equal((await writer.write(covering('twice', ['b']))).deleted, 1);
    assert.deepEqual((await stateOf(house, 'twice')).gone, ['c']);
  });

  test('where each row was given once, numbers and sums tell that nothing is missing', async () => {
    await fill('sums');
    const writer = await house.open(base, { partition: 'sums', runId: 2 });
    const { schema } = house;
    const claim = { schema, source: 'acme', stream: base.name, partition: 'sums', runId: 2 };
    const [root] = layoutsOf(schema, base);
    const { text, values } = areAllGiven(root, claim, { table_id: 'sums' });
    const told: unknown[] = [];
    for (const ids of [['a', 'b'], ['c'], ['c']]) {
      await writer.write(batch(given('sums', ids)));
      told.push(await house.rows(text, values));
    }
    assert.deepEqual(told, [[{ given: false }], [{ given: true }], [{ given: false }]]);
    await writer.close();
  });

  test('they are those of the rows that are not marked as deleted', async () => {
    await fill('gone');
    const first = await house.open(base, { partition: 'gone', runId: 2 });
    assert.equal((await first.write(covering('gone', ['a', 'b']))).deleted, 1);
    await first.close();
    const writer = await house.open(base, { partition: 'gone', runId: 3 });
    await writer.write(batch(given('gone', ['a', 'b'])));
    const { schema } = house;
    const claim = { schema, source: 'acme', stream: base.name, partition: 'gone', runId: 3 };
    const [root] = layoutsOf(schema, base);
    const { text, values } = areAllGiven(root, claim, { table_id: 'gone' });
    assert.deepEqual(await house.rows(text, values), [{ given: true }]);
    await writer.close();
  });

  test('those of rejected records count, whoever refused them', async () => {
    await fill('sick');
    const writer = await house.open(base, { partition: 'sick', runId: 2 });
    const [healthy] = given('sick', ['a']);
    assert.ok(healthy !== undefined);
    const reject = { key: JSON.stringify(['app', 'sick', 'c']), payload: '{}', reason: 'odd' };
    const { deleted, rejected } = await writer.write(
      batch([healthy, baseRecord('b', 'no json', 'sick')], {
        rejects: [reject],
        covers: { table_id: 'sick' },
      }),
    );
    assert.deepEqual([deleted, rejected], [0, 2]);
  });

  test('those of another partition do not count, and none is kept after the end', async () => {
    await fill('mine');
    const [writer, other] = await Promise.all(
      ['mine', 'theirs'].map((partition) => house.open(base, { partition, runId: 2 })),
    );
    assert.ok(writer !== undefined && other !== undefined);
    await other.write(batch(given('mine', ['a'])));
    assert.equal((await writer.write(covering('mine', ['b', 'c']))).deleted, 1);
    await Promise.all([writer.close(), other.close()]);
    const kept = await house.rows(
      "select from @.sync_seen_keys where partition in ('mine', 'theirs')",
    );
    assert.deepEqual(kept, []);
  });
});
