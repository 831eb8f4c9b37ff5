import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asSent, isObject, type JsonObject, parseJson } from '../../../src/json.ts';
import { hashOf, typesOf, valuesOf } from '../../../src/row.ts';
import { bytesOf, sliceOf } from '../../../src/slice.ts';
import type { PgValue, Row, Stream, Table } from '../../../src/stream.ts';
import { int, json, text } from '../../../src/transform/columns.ts';
import { makeWhole, withheld } from '../../../src/transform/make.ts';
import { PendingList } from '../../../src/transform/pending-list.ts';
import { type Outlined, outlined, rowsOf } from '../../../src/transform/rows.ts';
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

function outlineOf(one: JsonObject): Outlined {
  return outlined(stream, one) ?? assert.fail('no outline');
}

function listOf(records: readonly JsonObject[], toll = newToll()): PendingList {
  const outlines = records.map(outlineOf);
  const list = new PendingList(stream, toll, outlines[0] ?? assert.fail('no record'));
  for (const outline of outlines) list.add(outline);
  return list;
}

/** What a list has, as Postgres reads it. */
function elementsOf(list: string | Buffer | undefined): readonly Buffer[] {
  assert.ok(list instanceof Buffer);
  const elements: Buffer[] = [];
  for (let at = 20; at < list.length; at += 4 + list.readInt32BE(at)) {
    elements.push(list.subarray(at + 4, at + 4 + list.readInt32BE(at)));
  }
  return elements;
}

function valuesIn(row: Row): readonly PgValue[] {
  return valuesOf(typesOf(notes), row);
}

function hashes(rows: Iterable<Row>): readonly Buffer[] {
  return Array.from(rows, (row) => bytesOf(hashOf(row)).subarray(4));
}

test('an outline has the keys and the hashes of the rows that the records would become', () => {
  const records = [record('{"id":"n1","size":3,"body":{"z":1,"a":[1.10]}}'), record('{"id":"长"}')];
  const list = listOf(records);
  const [leading, ends, hashList] = list.outline();
  assert.equal(leading, 'b1');
  assert.deepEqual(elementsOf(ends).map(String), ['n1', '长']);
  const rows = records.flatMap((one) => rowsOf(stream, one, newToll()).rows[0] ?? []);
  assert.deepEqual(elementsOf(hashList), hashes(rows));
  assert.deepEqual(list.keys(), ['["n1","b1"]', '["长","b1"]']);
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
  assert.deepEqual(Array.from(made.rows(0), valuesIn), wanted.map(valuesIn));
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

test('a list takes keys that differ in their last value, each once', () => {
  const list = listOf([record('{"id":"n1"}')]);
  assert.equal(list.takes(outlineOf(record('{"id":"n2"}'))), true);
  assert.equal(list.takes(outlineOf(record('{"id":"n1","size":2}'))), false);
  assert.equal(list.takes(outlineOf({ ...record('{"id":"n2"}'), book: 'b2' })), false);
});

test('a record whose bytes are no JSON is rejected with them', () => {
  const broken = { id: 'n1', book: 'b1', [asSent]: sliceOf('{"id":"n1","body":{]}') };
  const list = listOf([broken]);
  const { records, rejects } = list.made([0]);
  assert.equal(records.length, 0);
  assert.deepEqual(
    rejects.map(({ key, payload }) => [key, payload]),
    [['["n1","b1"]', '{"id":"n1","body":{]}']],
  );
});

test('of a stream that withholds, nothing of what was sent is kept with a rejection', () => {
  const broken = { id: 'n1', book: 'b1', [asSent]: sliceOf('{"id":"n1","body":secret}') };
  const made = makeWhole({ ...stream, withholds: true }, broken, newToll());
  assert.ok(!('rows' in made));
  assert.deepEqual([made.key, made.payload], ['["n1","b1"]', withheld]);
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
