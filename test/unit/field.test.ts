import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordError } from '../../src/errors.ts';
import { endOfField, mostBytes, valueAt, writeField } from '../../src/field.ts';
import type { PgType, PgValue } from '../../src/stream.ts';

/** The field in hex; nothing beyond what it may take is touched. */
function fieldOf(type: PgType, value: PgValue): string {
  const target = Buffer.alloc(mostBytes(value) + 2, 0xee);
  const end = writeField(type, value, target, 1);
  assert.equal(endOfField(target, 1), end);
  assert.ok(target.subarray(end).every((byte) => byte === 0xee));
  assert.equal(valueAt(type, target, 1), value);
  return target.toString('hex', 1, end);
}

/** As `select ..send(..)` of Postgres 18 gives them. */
const known: readonly [type: PgType, value: PgValue, bytes: string][] = [
  ['text', 'é王🙂', 'c3a9e78e8bf09f9982'],
  ['text', '', ''],
  ['jsonb', '{"a": 1}', '017b2261223a20317d'],
  ['boolean', 't', '01'],
  ['boolean', 'f', '00'],
  ['integer', '-2147483648', '80000000'],
  ['integer', '2147483647', '7fffffff'],
  ['bigint', '-123456789012345678', 'fe4964b459cf0cb2'],
  ['timestamptz', '2000-01-01T00:00:00.000Z', '0000000000000000'],
  ['timestamptz', '2019-07-31T16:28:52.967Z', '000231fb63b7da58'],
  ['timestamptz', '1999-12-31T23:59:59.999Z', 'fffffffffffffc18'],
  ['timestamptz', '0001-01-01T00:00:00.000Z', 'ff1fe2ffc59c6000'],
  ['timestamptz', '9999-12-31T23:59:59.999Z', '0380e70b913b7c18'],
];

for (const [type, value, bytes] of known) {
  test(`${value === '' ? 'the empty text' : value} is written as Postgres reads a ${type}`, () => {
    assert.equal(fieldOf(type, value).slice(8), bytes);
  });
}

test('null has a length of its own, whatever the type', () => {
  for (const type of ['text', 'jsonb', 'numeric', 'timestamptz'] as const) {
    assert.equal(fieldOf(type, null), 'ffffffff');
  }
});

test('text is the same in UTF-8, short or long, whatever stands at its ends', () => {
  const ends = ['a', '\u007f', '\u0080', 'é', '\u07ff', '\u0800', '王', '\uffff', '🙂', '\n', '\\'];
  for (let length = 0; length < 300; length += 1) {
    for (const end of ends) {
      const text = `${end}${'王x'.repeat(length).slice(0, length)}${end}`;
      assert.equal(fieldOf('text', text).slice(8), Buffer.from(text).toString('hex'));
    }
  }
});

test('what is no value of its type is not written as another', () => {
  const wrong: readonly [PgType, string][] = [
    ['integer', 'many'],
    ['integer', '1.5'],
    ['integer', '2147483648'],
    ['bigint', '9223372036854775808'],
    ['bigint', 'x'],
    ['numeric', '12a'],
    ['numeric', ''],
    ['numeric', 'e5'],
    ['timestamptz', 'never'],
    ['boolean', 'yes'],
  ];
  for (const [type, value] of wrong) {
    assert.throws(
      () => writeField(type, value, Buffer.alloc(100), 0),
      RecordError,
      `${type} ${value}`,
    );
  }
});
