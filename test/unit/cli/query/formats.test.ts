import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvOf, jsonOf, tableOf } from '../../../../src/cli/query/formats.ts';
import type { Answer } from '../../../../src/cli/query/statement.ts';

const answer: Answer = {
  columns: [
    { name: 'name', kind: 'text' },
    { name: 'n', kind: 'number' },
    { name: 'ok', kind: 'boolean' },
    { name: 'data', kind: 'json' },
  ],
  rows: [
    ['销售', '12345678901234567890.10', 't', '{"a": 1.0}'],
    ['a "b",\nc', null, 'f', null],
  ],
};

const narrow: Answer = {
  columns: answer.columns.slice(0, 2),
  rows: answer.rows.map((row) => row.slice(0, 2)),
};

test('a table is aligned in terminal cells, numbers to the right', () => {
  assert.equal(
    tableOf(narrow, undefined),
    `name                            n
────────  ───────────────────────
销售      12345678901234567890.10
a "b",⏎c
(2 rows)`,
  );
});

test('what would steer a terminal does not reach it', () => {
  const hostile = {
    columns: [{ name: 'x', kind: 'text' }],
    rows: [['\u001b[2Jgone\u0007']],
  } as const;
  const text = tableOf(hostile, undefined);
  assert.equal(
    [...text].some((one) => one < ' ' && one !== '\n'),
    false,
  );
  assert.match(text, /gone/);
});

test('lines are cut at the width of the terminal, and that is said', () => {
  const lines = tableOf(answer, 20).split('\n');
  assert.match(lines.pop() ?? '', /^\(2 rows; cut at the width of the terminal/);
  for (const line of lines) assert.ok(line.length <= 20, line);
  assert.match(tableOf(answer, 200), /\n\(2 rows\)$/);
});

test('JSON keeps every digit and the kind of each value', () => {
  assert.equal(
    jsonOf(answer),
    '[{"name":"销售","n":12345678901234567890.10,"ok":true,"data":{"a": 1.0}},{"name":"a \\"b\\",\\nc","n":null,"ok":false,"data":null}]',
  );
});

test('numbers that JSON does not have are texts', () => {
  const odd = {
    columns: [{ name: 'n', kind: 'number' }],
    rows: [['NaN'], ['Infinity'], ['1e-7']],
  } as const;
  assert.equal(jsonOf(odd), '[{"n":"NaN"},{"n":"Infinity"},{"n":1e-7}]');
});

test('CSV quotes what needs it, and null is empty', () => {
  assert.equal(
    csvOf(answer),
    'name,n,ok,data\n销售,12345678901234567890.10,t,"{""a"": 1.0}"\n"a ""b"",\nc",,f,',
  );
});

test('a statement without columns has no rows to show', () => {
  assert.equal(tableOf({ columns: [], rows: [] }, 80), '(0 rows)');
});
