// Implausibly many deletions are held back, and Lark is asked about each one where it can be.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ids, type Reader, readerOf } from './reading.ts';
import { type Warehouse, warehouse } from './warehouse.ts';

describe('deletions that need more proof', () => {
  let house: Warehouse;
  let reader: Reader;
  before(async () => {
    house = await warehouse();
    reader = readerOf(house);
  });
  after(() => house.drop());

  test('more than 100 rows and 10 % missing are held until the next complete reading agrees', async () => {
    await reader.readTable('held', ids(300), 1);
    const held = await reader.readTable('held', ids(150), 2);
    assert.equal(held.deleted, 0);
    assert.match(held.failures.join(), /150 of 300 rows .* next complete reading/);
    assert.deepEqual(await reader.gone('held'), []);
    const cursors = await house.rows("select cursor from @.sync_cursors where partition = 'held'");
    assert.deepEqual(cursors, [{ cursor: { runId: 1 } }], 'it is read again');
    const agreed = await reader.readTable('held', ids(150), 3);
    assert.deepEqual(agreed, { deleted: 150, warnings: [], failures: [] });
    assert.deepEqual(
      await house.rows("select from @.sync_held_deletions where partition = 'held'"),
      [],
    );
  });

  test('a sound reading in between breaks the agreement', async () => {
    await reader.readTable('flaky', ids(300), 1);
    await reader.readTable('flaky', [], 2);
    await reader.readTable('flaky', ids(300), 3);
    const { deleted } = await reader.readTable('flaky', [], 4);
    assert.equal(deleted, 0);
    assert.deepEqual(await reader.gone('flaky'), []);
  });

  test('other rows missing are no agreement', async () => {
    await reader.readTable('moving', ids(300), 1);
    await reader.readTable('moving', ids(150), 2);
    assert.equal((await reader.readTable('moving', ids(140), 3)).deleted, 0);
    assert.equal((await reader.readTable('moving', ids(140), 4)).deleted, 160);
  });

  test('up to 100 rows may go at once, even all of them', async () => {
    await reader.readTable('small', ids(100), 1);
    assert.deepEqual(await reader.readTable('small', [], 2), {
      deleted: 100,
      warnings: [],
      failures: [],
    });
  });

  test('an agreement of readings is asked about too, and what Lark still has stays', async () => {
    await reader.readTable('many', ids(1500), 1);
    let asked = 0;
    const confirm = async (keys: readonly (readonly string[])[]) => {
      asked += keys.length;
      return keys.slice(1);
    };
    const held = await reader.readTable('many', ids(400), 2, { notes: { confirm } });
    assert.deepEqual([held.deleted, held.failures.length, asked], [0, 1, 0]);
    const agreed = await reader.readTable('many', ids(400), 3, { notes: { confirm } });
    assert.deepEqual([agreed.deleted, agreed.failures.length, asked], [1099, 0, 1100]);
  });

  test('a scope that Lark no longer knows is marked whole, without asking', async () => {
    await reader.readTable('dropped', ids(1500), 1);
    const confirm = () => Promise.reject(new Error('asked'));
    const last = { covers: { table_id: 'dropped' }, abandoned: true };
    const { deleted, failures } = await reader.read([], last, {
      partition: 'dropped',
      runId: 2,
      notes: { confirm },
    });
    assert.deepEqual([deleted, failures], [1500, []]);
  });

  test('few rows are asked about at once, and only those that Lark confirms are marked', async () => {
    await reader.readTable('asked', ids(400), 1);
    const asked: (readonly string[])[] = [];
    const confirm = async (keys: readonly (readonly string[])[]) => {
      asked.push(...keys);
      return keys.filter(([, , id]) => id !== 'r399');
    };
    const { deleted, warnings } = await reader.readTable('asked', ids(370), 2, {
      notes: { confirm },
    });
    assert.equal(asked.length, 30);
    assert.deepEqual(asked[0], ['app', 'asked', 'r370']);
    assert.deepEqual([deleted, warnings], [29, []]);
    assert.ok(!(await reader.gone('asked')).includes('r399'));
  });

  test('a row outside of the missing ones is never marked, whatever is confirmed', async () => {
    await reader.readTable('liar', ['a', 'b'], 1);
    const confirm = async () => [
      ['app', 'liar', 'a'],
      ['app', 'scope', 'b'],
    ];
    assert.equal((await reader.readTable('liar', ['a'], 2, { notes: { confirm } })).deleted, 0);
    assert.deepEqual(await reader.gone('liar'), []);
  });

  test('when Lark cannot be asked, the rows are kept and the cursor stays', async () => {
    await reader.readTable('mute', ['a', 'b'], 1);
    const confirm = () => Promise.reject(new Error('no answer'));
    await assert.rejects(
      reader.readTable('mute', ['a', 'new'], 2, { notes: { confirm } }),
      /no answer/,
    );
    assert.deepEqual(await reader.gone('mute'), []);
    const rows = await house.rows("select cursor from @.sync_cursors where partition = 'mute'");
    assert.deepEqual(rows, [{ cursor: { runId: 1 } }]);
    assert.equal(
      (await house.rows("select from @.base_records where table_id = 'mute'")).length,
      3,
    );
  });
});
