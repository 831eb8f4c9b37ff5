import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asSent, isObject, type JsonObject, parseJson } from '../../../src/json.ts';
import { hashOf, valuesOf } from '../../../src/row.ts';
import { sliceOf, textOf } from '../../../src/slice.ts';
import type { Row, Stream, Table } from '../../../src/stream.ts';
import { int, json, text } from '../../../src/transform/columns.ts';
import { PendingList } from '../../../src/transform/pending-list.ts';
import { outlined, rowsOf } from '../../../src/transform/rows.ts';
import { newToll } from '../../../src/transform/toll.ts';

const notes: Table = {
  name: 'notes',
  key: ['id', 'book'],
  asSent: 1,
  columns: { book: text(), size: int(), id: text(), body: json() },
};
const stream: Stream = {
  name: 'test.notes',
  tables: [notes],
  partitions: () => [],
  async *pages() {},
};

/** As an answer gives it, and a module completes it. */
function record(sent: string): JsonObject {
  const said = parseJson(sent);
  assert.ok(isObject(said));
  return { ...said, book: 'b1', [asSent]: sliceOf(sent) };
}

function listOf(records: readonly JsonObject[], toll = newToll()): PendingList {
  const list = new PendingList(stream, toll);
  for (const one of records) {
    const outline = outlined(stream, one);
    assert.ok(outline !== undefined);
    list.add(outline);
  }
  return list;
}

function hashes(rows: Iterable<Row>): readonly string[] {
  return Array.from(rows, (row) => textOf(hashOf(row)));
}

test('an outline has the key and the hash of the row that the record would become', () => {
  const one = record('{"id":"n1","size":3,"body":{"z":1,"a":[1.10]}}');
  const list = listOf([one]);
  assert.deepEqual(list.outlines().map(valuesOf), [['b1', 'n1']]);
  assert.deepEqual(list.keys(), ['["n1","b1"]']);
  assert.deepEqual(hashes(list.outlines()), hashes(rowsOf(stream, one, newToll()).rows[0] ?? []));
});

test('what is made is what would have been made at once', () => {
  const records = [
    record('{"id":"n1","size":3,"body":{"z":1.10}}'),
    record('{"id":"n2","body":"x"}'),
    record('{"id":"n3","size":12345678901234567890}'),
  ];
  const { records: made, rejects } = listOf(records).made([0, 2]);
  assert.deepEqual(rejects, []);
  assert.deepEqual(made.keys(), ['["n1","b1"]', '["n3","b1"]']);
  const wanted = [0, 2].flatMap(
    (place) => rowsOf(stream, records[place] ?? {}, newToll()).rows[0] ?? [],
  );
  assert.deepEqual(Array.from(made.rows(0), valuesOf), wanted.map(valuesOf));
  assert.deepEqual(hashes(made.rows(0)), hashes(wanted));
});

test('nothing is made of what is not asked for, and its toll is taken once', () => {
  const toll = newToll();
  const list = listOf(
    [record('{"id":"n1","size":"many"}'), record('{"id":"n2","size":"x"}')],
    toll,
  );
  assert.equal(toll.unreadable.size, 0);
  assert.equal(list.made([]).records.length, 0);
  list.made([1]);
  list.made([1]);
  assert.deepEqual([...toll.unreadable], [['notes.size', 1]]);
});

test('a later record takes the place of an earlier one with its key', () => {
  const list = listOf([
    record('{"id":"n1","size":1}'),
    record('{"id":"n2"}'),
    record('{"id":"n1","size":2}'),
  ]);
  assert.equal(list.length, 2);
  const { records } = list.made([0]);
  assert.deepEqual(Array.from(records.rows(0), valuesOf), [['b1', '2', 'n1', null]]);
});

test('a record whose bytes are no JSON is rejected with them', () => {
  const list = new PendingList(stream, newToll());
  const outline = outlined(stream, {
    id: 'n1',
    book: 'b1',
    [asSent]: sliceOf('{"id":"n1","body":{]}'),
  });
  assert.ok(outline !== undefined);
  list.add(outline);
  const { records, rejects } = list.made([0]);
  assert.equal(records.length, 0);
  assert.deepEqual(
    rejects.map(({ key, payload }) => [key, payload]),
    [['["n1","b1"]', '{"id":"n1","body":{]}']],
  );
});

test('most of a list is made when more than half of it is', () => {
  const list = listOf([1, 2, 3].map((id) => record(`{"id":"n${id}"}`)));
  list.made([0]);
  assert.equal(list.isMostlyMade, false);
  list.made([0, 1]);
  assert.equal(list.isMostlyMade, true);
});

test('a record has no outline where its bytes are not known, its key is missing, or values are compared', () => {
  const sent = record('{"id":"n1"}');
  assert.equal(outlined(stream, { id: 'n1', book: 'b1' }), undefined);
  assert.equal(outlined(stream, { ...sent, book: null }), undefined);
  const { asSent: edition, ...byValues } = notes;
  assert.equal(outlined({ ...stream, tables: [byValues] }, sent), undefined);
});

test('a row read in another way has another hash, whatever was sent', () => {
  const sent = record('{"id":"n1","size":1}');
  const hashIn = (table: Table) =>
    hashes(rowsOf({ ...stream, tables: [table] }, sent, newToll()).rows[0] ?? [])[0];
  const all = [
    notes,
    { ...notes, asSent: 2 },
    { ...notes, columns: { ...notes.columns, more: text() } },
    { ...notes, columns: { ...notes.columns, size: text() } },
  ].map(hashIn);
  assert.equal(new Set(all).size, all.length);
});
