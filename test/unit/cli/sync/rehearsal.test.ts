import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countingSink, emptyReplica, Rehearsal } from '../../../../src/cli/sync/rehearsal.ts';
import { recordList } from '../../../../src/record-list.ts';
import { toRow, typesOf } from '../../../../src/row.ts';
import type { Batch, PgValue, Replica, Stream, Table } from '../../../../src/stream.ts';
import { text } from '../../../../src/transform/columns.ts';

const table: Table = { name: 'tables', key: ['id'], columns: { id: text(), name: text() } };
const memory: Table = { ...table, name: 'memory', bookkeeping: true };
const tables: Stream = {
  name: 'base.tables',
  tables: [table, memory],
  partitions: () => [],
  async *pages() {},
};
const records: Stream = { ...tables, name: 'base.records', needs: ['base.tables'] };
const partition = { key: 'p' };
const notes = { confirm: undefined, warn: () => undefined, fail: () => undefined };

function batchOf(rows: readonly (readonly PgValue[])[], cursor: Batch['cursor']): Batch {
  const all = rows.map((values) => toRow(typesOf(table), values));
  return {
    records: recordList([{ key: 'k', rows: [all, all] }]),
    rejects: [{ key: 'r', payload: '{}', reason: 'odd' }],
    read: 5,
    cursor,
    covers: undefined,
    unlike: false,
    abandoned: false,
  };
}

const loaded: Replica = {
  async *rows() {
    yield { id: '1', name: 'old' };
    yield { id: '2', name: 'kept' };
  },
  known: async (_table, _column, values) => new Set(values.filter((value) => value === '2')),
  cursor: async () => ({ from: 'loaded' }),
};

async function names(replica: Replica, where = {}): Promise<(PgValue | undefined)[]> {
  const found: (PgValue | undefined)[] = [];
  for await (const row of replica.rows('tables', ['name'], where)) {
    assert.deepEqual(Object.keys(row), ['name']);
    found.push(row['name']);
  }
  return found;
}

test('a dry run counts records, rows and rejects, and bookkeeping is no row', async () => {
  const sink = countingSink(new Rehearsal(emptyReplica, [tables, records]));
  const writer = await sink.open(tables, partition, notes);
  assert.equal(writer.checkpoint, undefined);
  const counts = await writer.write(
    batchOf(
      [
        ['1', 'a'],
        ['2', 'b'],
      ],
      { at: 1 },
    ),
  );
  assert.deepEqual(counts, {
    records: 5,
    inserted: 2,
    updated: 0,
    unchanged: 0,
    deleted: 0,
    rejected: 1,
  });
});

test('later streams read what a run would have loaded, over what is loaded', async () => {
  const rehearsal = new Rehearsal(loaded, [tables, records]);
  rehearsal.take(
    tables,
    partition,
    batchOf(
      [
        ['1', 'new'],
        ['3', 'added'],
      ],
      { at: 1 },
    ),
  );
  assert.deepEqual(await names(rehearsal), ['kept', 'new', 'added']);
  assert.deepEqual(await rehearsal.known('tables', 'id', ['2', '3', '4']), new Set(['2', '3']));
  assert.deepEqual(await rehearsal.cursor('base.tables', 'p'), { at: 1 });
  assert.deepEqual(await rehearsal.cursor('base.records', 'p'), { from: 'loaded' });
});

test('conditions hold for what was not written, too', async () => {
  const rehearsal = new Rehearsal(emptyReplica, [tables, records]);
  rehearsal.take(
    tables,
    partition,
    batchOf(
      [
        ['1', 'a'],
        ['2', 'b'],
        ['3', null],
      ],
      undefined,
    ),
  );
  assert.deepEqual(await names(rehearsal, { name: 'b' }), ['b']);
  assert.deepEqual(await names(rehearsal, { name: null }), [null]);
  assert.deepEqual(await names(rehearsal, { name: { atMost: 'a' } }), ['a']);
  assert.deepEqual(await names(rehearsal, { deleted_at: null }), ['a', 'b', null]);
});

test('rows that no other stream reads are not kept', async () => {
  const rehearsal = new Rehearsal(emptyReplica, [tables]);
  rehearsal.take(tables, partition, batchOf([['1', 'a']], undefined));
  assert.deepEqual(await names(rehearsal), []);
});
