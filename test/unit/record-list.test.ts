import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keySeparator, RecordList, recordList } from '../../src/record-list.ts';
import { toRow, valuesOf } from '../../src/row.ts';
import type { Records } from '../../src/stream.ts';

const record = (key: string, children: readonly string[]) => ({
  key,
  rows: [[toRow(['text'], [key])], children.map((child) => toRow(['text', 'text'], [key, child]))],
});
const textsOf = (records: Records, table: number) =>
  Array.from(records.rows(table), (row) =>
    valuesOf(table === 0 ? ['text'] : ['text', 'text'], row).join(' '),
  );

test('rows of a table come record by record', () => {
  const records = recordList([record('a', ['1', '2']), record('b', []), record('c', ['3'])]);
  assert.equal(records.length, 3);
  assert.deepEqual(records.keys(), ['a', 'b', 'c']);
  assert.deepEqual(textsOf(records, 0), ['a', 'b', 'c']);
  assert.deepEqual(textsOf(records, 1), ['a 1', 'a 2', 'c 3']);
  assert.deepEqual(textsOf(records, 2), []);
  assert.deepEqual(
    [0, 1, 2].map((table) => records.count(table)),
    [3, 3, 0],
  );
});

test('a later record takes the place of an earlier one with its key, with all its rows', () => {
  const records = recordList([record('a', ['1', '2']), record('b', ['3']), record('a', ['4'])]);
  assert.deepEqual(records.keys(), ['a', 'b']);
  assert.deepEqual(textsOf(records, 1), ['a 4', 'b 3']);
  assert.equal(records.count(1), 2);
});

test('a part has the rows of its records only', () => {
  const records = recordList([record('a', ['1']), record('b', []), record('c', ['2', '3'])]);
  const part = records.part(1, 3);
  assert.deepEqual(part.keys(), ['b', 'c']);
  assert.deepEqual(textsOf(part, 1), ['c 2', 'c 3']);
  assert.deepEqual(part.part(0, 1).keys(), ['b']);
  assert.equal(records.part(0, 0).length, 0);
});

test('a key of several values is told as a JSON list', () => {
  const key = ['a "b"', 'c'].join(keySeparator);
  assert.deepEqual(recordList([{ key, rows: [] }]).keys(), ['["a \\"b\\"","c"]']);
});

test('an empty list has no rows', () => {
  assert.deepEqual(textsOf(new RecordList(), 0), []);
});

test('rows lie in many buffers, as they were made', () => {
  const keys = Array.from({ length: 500 }, (_, index) => `${index} ${'长'.repeat(300)}`);
  assert.deepEqual(textsOf(recordList(keys.map((key) => record(key, []))), 0), keys);
});
