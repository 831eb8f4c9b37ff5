import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  inOrder,
  isRawNumber,
  type JsonObject,
  numberOf,
  parseJson,
  stringifyJson,
} from '../../src/json.ts';

const kept = [
  '9007199254740993.12',
  '12345678901234567890',
  '1.50',
  '-0',
  '1e400',
  '0.10',
  '1E5',
  '-9007199254740993',
];

for (const number of kept) {
  test(`the number ${number} keeps every digit`, () => {
    assert.equal(
      JSON.stringify(parseJson(`{"a":[1,${number}],"b":${number}}`)),
      `{"a":[1,${number}],"b":${number}}`,
    );
    assert.equal(JSON.stringify(parseJson(` ${number}\n`)), number);
  });
}

test('digits inside a string stay a string', () => {
  assert.deepEqual(parseJson('{"id":"7123456789012345678, 9007199254740993"}'), {
    id: '7123456789012345678, 9007199254740993',
  });
});

test('an ordinary number is a number', () => {
  assert.equal(parseJson('{"a":1.5}') === null, false);
  assert.equal(numberOf('1.5'), 1.5);
  assert.equal(isRawNumber(numberOf('1.5')), false);
  assert.equal(isRawNumber(numberOf('1.50')), true);
});

test('any JSON text without blanks comes back as it was', () => {
  const digits = fc.stringMatching(/^-?(?:0|[1-9]\d{0,24})(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?$/);
  const leaf = fc.oneof(
    digits,
    fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
    fc.constantFrom('true', 'null'),
  );
  fc.assert(
    fc.property(fc.array(leaf), (leaves) => {
      const text = `[${leaves.join(',')}]`;
      assert.equal(JSON.stringify(parseJson(text)), text);
    }),
  );
});

test('equal values have equal texts, whatever the order of their keys', () => {
  const one = parseJson('{"b":[{"d":1.50,"c":null}],"a":{"__proto__":2,"z":1}}');
  const other = parseJson('{"a":{"z":1,"__proto__":2},"b":[{"c":null,"d":1.50}]}');
  assert.equal(stringifyJson(one), stringifyJson(other));
  assert.equal(stringifyJson(one), '{"a":{"__proto__":2,"z":1},"b":[{"c":null,"d":1.50}]}');
});

test('a text in order keeps its order of elements and loses nothing', () => {
  const text = '{"a":[3,1,2],"b":{"c":"x"}}';
  assert.equal(stringifyJson(parseJson(text)), text);
});

test('an object may stand in for another, at any depth', () => {
  const counted = (object: JsonObject): JsonObject => ('url' in object ? { url: null } : object);
  const text = '[{"url":"https://x/1"},{"b":{"a":2,"url":"https://x/2"},"a":1}]';
  const ordered = JSON.stringify(inOrder(parseJson(text), counted));
  assert.equal(ordered, '[{"url":null},{"a":1,"b":{"url":null}}]');
});

test('an object is put in order, be its names few or many', () => {
  const names = fc.uniqueArray(fc.string(), { maxLength: 60, size: 'max' });
  const numbered = (list: readonly string[]): JsonObject =>
    Object.fromEntries(list.map((name) => [name, name.length]));
  fc.assert(
    fc.property(names, (list) => {
      const ordered = JSON.stringify(inOrder(numbered(list)));
      assert.equal(ordered, JSON.stringify(numbered(list.toSorted())));
    }),
  );
});
