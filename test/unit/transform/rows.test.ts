import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordError } from '../../../src/errors.ts';
import { isObject, objectsOf, parseJson } from '../../../src/json.ts';
import { toRow, typesOf, valuesOf } from '../../../src/row.ts';
import { textOf } from '../../../src/slice.ts';
import type { PgValue, RecordRows, Row, Stream, Table } from '../../../src/stream.ts';
import { comparedBy, int, json, text } from '../../../src/transform/columns.ts';
import { rootKeyOf, rowsOf } from '../../../src/transform/rows.ts';
import { newToll, type Toll } from '../../../src/transform/toll.ts';

const notes: Table = {
  name: 'notes',
  key: ['id'],
  columns: { id: text(), body: text(), extra: json(), size: int() },
};
const lines: Table = {
  name: 'lines',
  key: ['id', 'line'],
  owner: ['id'],
  items: (record) => objectsOf(record['lines']).map((line) => ({ ...line, id: record['id'] })),
  columns: { id: text(), line: int(), url: comparedBy(text(), () => 'left out') },
};
const stream: Stream = {
  name: 'test.notes',
  tables: [notes, lines],
  partitions: () => [],
  async *pages() {},
};

function valuesIn(table: Table): (row: Row) => readonly PgValue[] {
  return (row) => valuesOf(typesOf(table), row);
}

function rows(source: string, toll: Toll = newToll()): RecordRows {
  const record = parseJson(source);
  assert.ok(isObject(record));
  return rowsOf(stream, record, toll);
}

test('a record gives a row a table and item', () => {
  const { key, rows: tables } = rows('{"id":"a","lines":[{"line":1},{"line":2}]}');
  assert.equal(key, 'a');
  assert.deepEqual(
    tables.map((table) => table.length),
    [1, 2],
  );
});

test('of two items with one key the last is kept', () => {
  const { rows: tables } = rows(
    '{"id":"a","lines":[{"line":1,"url":"old"},{"line":1,"url":"new"}]}',
  );
  assert.deepEqual(tables[1]?.map(valuesIn(lines)), [['a', '1', 'new']]);
});

test('each key is kept once, whether keys ascend or not', () => {
  const linesOf = (...numbers: number[]): unknown => {
    const all = numbers.map((line, url) => ({ line, url: String(url) }));
    const { rows: tables } = rows(JSON.stringify({ id: 'a', lines: all }));
    return tables[1]?.map((row) => valuesIn(lines)(row).slice(1));
  };
  assert.deepEqual(linesOf(9, 10, 11), [
    ['9', '0'],
    ['10', '1'],
    ['11', '2'],
  ]);
  assert.deepEqual(linesOf(2, 9, 2, 1, 9), [
    ['2', '2'],
    ['9', '4'],
    ['1', '3'],
  ]);
});

test('a record without its key cannot become rows', () => {
  assert.throws(() => rows('{"body":"x"}'), RecordError);
});

test('U+0000 and lone surrogates become U+FFFD, in text and in JSON, and are counted', () => {
  const toll = newToll();
  const source =
    '{"id":"a\\u0000b","body":"\\ud800x\\ude00","extra":{"k\\u0000":["\\\\u0000","\\udfff","😀"]}}';
  const [values] = rows(source, toll).rows[0]?.map(valuesIn(notes)) ?? [];
  assert.deepEqual(values?.slice(0, 3), [
    'a\ufffdb',
    '\ufffdx\ufffd',
    '{"k\ufffd":["\\\\u0000","\ufffd","😀"]}',
  ]);
  assert.equal(toll.replaced, 5);
});

test('a value that its type cannot hold is null and counted', () => {
  const toll = newToll();
  const [values] = rows('{"id":"a","size":"many"}', toll).rows[0]?.map(valuesIn(notes)) ?? [];
  assert.equal(values?.[3], null);
  assert.deepEqual([...toll.unreadable], [['notes.size', 1]]);
});

test('what Lark changes at every reading is stored, but not compared', () => {
  const [, children] = rows('{"id":"a","lines":[{"line":1,"url":"https://x/1"}]}').rows;
  const values = ['a', '1', 'https://x/1'];
  const wanted = toRow(typesOf(lines), values, ['a', '1', 'left out']);
  assert.deepEqual(children?.map(textOf), [textOf(wanted)]);
});

test('a record that cannot become rows is still named by its key, where it has one', () => {
  const record = { id: 'a', lines: [{ url: 'no line' }] };
  assert.throws(() => rowsOf(stream, record, newToll()), RecordError);
  assert.equal(rootKeyOf(stream, record), 'a');
  assert.equal(rootKeyOf(stream, { body: 'x' }), '');
});
