// Records that are given by their keys and hashes, and as rows only where they differ from what is stored.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { asSent } from '../../../src/json.ts';
import { sliceOf } from '../../../src/slice.ts';
import type { Batch, Pending, Stream, Table } from '../../../src/stream.ts';
import { json, text } from '../../../src/transform/columns.ts';
import { PendingList } from '../../../src/transform/pending-list.ts';
import { outlined } from '../../../src/transform/rows.ts';
import { newToll } from '../../../src/transform/toll.ts';
import { base, batch, type Warehouse, warehouse } from './warehouse.ts';

const table: Table = {
  ...base.tables[0],
  asSent: 1,
  columns: { app_token: text(), table_id: text(), record_id: text(), fields: json() },
};
const stream: Stream = { ...base, tables: [table] };

/** What Lark sends of each record, by its id. */
type Sent = Readonly<Record<string, string>>;

function pending(sent: Sent, tableId: string): PendingList {
  let list: PendingList | undefined;
  for (const [id, fields] of Object.entries(sent)) {
    const bytes = sliceOf(`{"record_id":"${id}","fields":${fields}}`);
    const record = { app_token: 'app', table_id: tableId, record_id: id, [asSent]: bytes };
    const outline = outlined(stream, record);
    assert.ok(outline !== undefined);
    list ??= new PendingList(stream, newToll(), outline);
    list.add(outline);
  }
  assert.ok(list !== undefined);
  return list;
}

/** The list, telling what it was asked for. */
function watched(list: PendingList): Pending & { readonly asked: (readonly number[])[] } {
  const asked: (readonly number[])[] = [];
  return {
    asked,
    length: list.length,
    keys: () => list.keys(),
    outline: () => list.outline(),
    made(places) {
      asked.push(places);
      return list.made(places);
    },
  };
}

describe('pending records', () => {
  let house: Warehouse;
  before(async () => {
    house = await warehouse();
  });
  after(() => house.drop());

  async function write(sent: Sent, tableId: string, runId: number, more: Partial<Batch> = {}) {
    const writer = await house.open(stream, { runId, partition: tableId });
    const list = watched(pending(sent, tableId));
    try {
      const given = batch([], { pending: list, read: list.length, cursor: { runId }, ...more });
      const counts = await writer.write(given);
      return { counts, asked: list.asked, recognises: writer.recognises };
    } finally {
      await writer.close();
    }
  }

  const stored = (tableId: string) =>
    house.rows(
      'select record_id as id, fields, run_id::integer as run, deleted_at is not null as gone, xmin::text from @.base_records where table_id = $1 order by 1',
      [tableId],
    );
  const covers = (tableId: string) => ({ app_token: 'app', table_id: tableId });

  test('a writer recognises records once something was committed for its partition', async () => {
    assert.equal((await write({ a: '{"n":1}' }, 'told', 1)).recognises, false);
    assert.equal((await write({ a: '{"n":1}' }, 'told', 2)).recognises, true);
  });

  test('nothing is recognised in a table whose rows are not compared as they were sent', async () => {
    const { asSent: _, ...byValues } = table;
    for (const runId of [1, 2]) {
      const writer = await house.open(
        { ...base, tables: [byValues] },
        { runId, partition: 'by values' },
      );
      await writer.write(batch([], { cursor: { runId } }));
      await writer.close();
      assert.equal(writer.recognises, false);
    }
  });

  test('only what differs is asked for as rows; no other row is touched', async () => {
    await write({ a: '{"n":1}', b: '{"n":2}', c: '{"n":3}' }, 'differ', 1);
    const before = await stored('differ');
    const { counts, asked } = await write(
      { a: '{"n":1}', b: '{"n":2.0}', c: '{"n":3}', d: '{"n":4}' },
      'differ',
      2,
    );
    assert.deepEqual(asked, [[1, 3]]);
    assert.deepEqual(counts, {
      records: 4,
      inserted: 1,
      updated: 1,
      unchanged: 2,
      deleted: 0,
      rejected: 0,
    });
    const after = await stored('differ');
    assert.deepEqual([after[0], after[2]], [before[0], before[2]]);
    assert.deepEqual(
      after.map(({ id, run }) => [id, run]),
      [
        ['a', 1],
        ['b', 2],
        ['c', 1],
        ['d', 2],
      ],
    );
    const again = await write({ b: '{"n":2.0}', d: '{"n":4}' }, 'differ', 3);
    assert.deepEqual(again.asked, [[]]);
  });

  test('each is told as seen once, also where it is written as a row', async () => {
    await write({ a: '1', b: '2' }, 'seen', 1);
    const writer = await house.open(stream, { runId: 2, partition: 'seen' });
    const list = pending({ a: '1', b: '3', c: '4' }, 'seen');
    await writer.write(batch([], { pending: list, read: list.length }));
    const [seen] = await house.rows(
      'select sum(cardinality(endings))::integer as keys from @.sync_seen_keys where partition = $1',
      ['seen'],
    );
    await writer.close();
    assert.deepEqual(seen, { keys: 3 });
  });

  test('what was sent in another order is not touched, although it is asked for', async () => {
    await write({ a: '{"x":1,"y":[2]}' }, 'order', 1);
    const before = await stored('order');
    const { counts, asked } = await write({ a: '{"y":[2],"x":1}' }, 'order', 2);
    assert.deepEqual(asked, [[0]]);
    assert.equal(counts.unchanged, 1);
    assert.deepEqual(await stored('order'), before);
  });

  test('a record that is only recognised was given: it is not marked as deleted, and the others are', async () => {
    await write({ a: '1', b: '2', c: '3' }, 'swept', 1);
    await write({ a: '1', c: '4' }, 'swept', 2, { covers: covers('swept') });
    assert.deepEqual(
      (await stored('swept')).map(({ id, gone }) => [id, gone]),
      [
        ['a', false],
        ['b', true],
        ['c', false],
      ],
    );
  });

  test('a record that was marked as deleted returns, although it was sent as before', async () => {
    await write({ a: '1', b: '2' }, 'returns', 1);
    await write({ a: '1' }, 'returns', 2, { covers: covers('returns') });
    const { counts } = await write({ a: '1', b: '2' }, 'returns', 3);
    assert.equal(counts.updated, 1);
    assert.deepEqual(
      (await stored('returns')).map(({ gone }) => gone),
      [false, false],
    );
  });

  test('what is no JSON is rejected, and resolved when it is again what is stored', async () => {
    const open = () =>
      house.rows(
        "select record_key as key from @.rejected_records where partition = 'refused' and resolved_at is null",
      );
    await write({ a: '1', b: '2' }, 'refused', 1);
    const { counts } = await write({ a: '1', b: '{]' }, 'refused', 2);
    assert.deepEqual([counts.unchanged, counts.rejected], [1, 1]);
    assert.deepEqual(await open(), [{ key: '["app","refused","b"]' }]);
    await write({ a: '1', b: '2' }, 'refused', 3);
    assert.deepEqual(await open(), []);
  });

  test('what Postgres refuses is rejected alone', async () => {
    await write({ a: '1', b: '2' }, 'poison', 1);
    const long = `"${'x'.repeat(20)}"`;
    const { counts, asked } = await write({ a: long, b: '1e400000', c: '3' }, 'poison', 2);
    assert.deepEqual(asked, [
      [0, 1, 2],
      [0, 1, 2],
    ]);
    assert.deepEqual([counts.inserted, counts.updated, counts.rejected], [1, 1, 1]);
  });
});
