import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJson } from '../../../src/json.ts';
import type { Column, RowValue } from '../../../src/stream.ts';
import * as columns from '../../../src/transform/columns.ts';

function read(column: Column, json: string): RowValue | undefined {
  const value = parseJson(json);
  return column.read({ field: value }, 'field');
}

const cases: readonly [
  name: string,
  column: Column,
  json: string,
  expected: string | null | undefined,
][] = [
  ['a text is taken as it is', columns.text(), '" a\\tb "', ' a\tb '],
  ['an empty text stays empty', columns.text(), '""', ''],
  [
    'a number in a text column keeps its digits',
    columns.text(),
    '12345678901234567890',
    '12345678901234567890',
  ],
  ['an object in a text column is its JSON', columns.text(), '{"a":1.50}', '{"a":1.50}'],
  ['null is null', columns.text(), 'null', null],
  ['true is true', columns.bool(), 'true', 't'],
  ['false is false', columns.bool(), 'false', 'f'],
  ['a word is no boolean', columns.bool(), '"maybe"', undefined],
  ['an integer is an integer', columns.int(), '-7', '-7'],
  ['an integer as text is an integer', columns.int(), '"7"', '7'],
  ['an integer beyond 32 bits does not fit', columns.int(), '2147483648', undefined],
  ['a fraction is no integer', columns.int(), '1.5', undefined],
  ['a bigint holds 18 digits', columns.bigint(), '123456789012345678', '123456789012345678'],
  ['a bigint does not hold 20 digits', columns.bigint(), '12345678901234567890', undefined],
  ['a numeric keeps every digit', columns.numeric(), '9007199254740993.12', '9007199254740993.12'],
  ['a numeric keeps a trailing zero', columns.numeric(), '"1.50"', '1.50'],
  ['an empty text is no number, and no fault', columns.numeric(), '""', null],
  ['a word is no number', columns.numeric(), '"12a"', undefined],
  [
    'milliseconds as text are a time',
    columns.epochMs(),
    '"1564590532967"',
    '2019-07-31T16:28:52.967Z',
  ],
  [
    'seconds as a number are a time',
    columns.epochSeconds(),
    '1611476284',
    '2021-01-24T08:18:04.000Z',
  ],
  ['"0" is no time', columns.epochMs(), '"0"', null],
  ['0 is no time', columns.epochSeconds(), '0', null],
  ['a time beyond the year 9999 does not fit', columns.epochSeconds(), '"253402300800"', undefined],
  [
    'an ISO time keeps its instant',
    columns.isoTime(),
    '"2025-03-01T09:00:00+08:00"',
    '2025-03-01T01:00:00.000Z',
  ],
  ['a word is no time', columns.isoTime(), '"soon"', undefined],
  ['JSON keeps every digit', columns.json(), '{"a":[1.50]}', '{"a":[1.50]}'],
  [
    'JSON text is parsed',
    columns.jsonText(),
    '"{\\"a\\":9007199254740993}"',
    '{"a":9007199254740993}',
  ],
  ['text that is no JSON stays a JSON string', columns.jsonText(), '"a, b.pdf"', '"a, b.pdf"'],
  ['empty JSON text is null', columns.jsonText(), '""', null],
];

for (const [name, column, json, expected] of cases) {
  test(name, () => assert.equal(read(column, json), expected));
}

test('an absent field is null', () => {
  assert.equal(columns.text().read({}, 'field'), null);
});

test('a column may read a field of another name', () => {
  assert.equal(columns.text('id').read({ id: 'x' }, 'task_id'), 'x');
});
