import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { JsonText } from '../../src/json.ts';
import { eachField, hashOf, toRow, valuesOf } from '../../src/row.ts';
import { bytesOf } from '../../src/slice.ts';
import type { PgType, RowValue } from '../../src/stream.ts';

const value = fc.option(fc.string({ unit: 'grapheme' }));
const list = fc.array(value, { minLength: 1, maxLength: 6 });

function textsOf(values: readonly RowValue[]): readonly PgType[] {
  return values.map(() => 'text');
}

function hashText(values: readonly RowValue[], types = textsOf(values)): string {
  return bytesOf(hashOf(toRow(types, values))).toString('hex');
}

test('a row is its fields and the hash of what is compared, each with its length before it', () => {
  const row = toRow(['integer', 'text', 'jsonb'], ['1', null, '"王"'], ['1', null, '2']);
  const hash = hashText(['1', null, '2'], ['integer', 'text', 'jsonb']);
  assert.equal(
    bytesOf(row).toString('hex'),
    `0000000400000001${'ffffffff'}0000000601${Buffer.from('"王"').toString('hex')}${hash}`,
  );
  assert.match(hash, /^00000010[0-9a-f]{32}$/);
});

test('the values of a row are those that it was made of', () => {
  fc.assert(
    fc.property(list, (values) => {
      const types = textsOf(values);
      const row = toRow(types, values);
      assert.deepEqual(valuesOf(types, row), values);
      const places = [...values.keys()].filter((place) => place % 2 === 0);
      const fields: string[] = [];
      eachField(row, places, (number, source, start, end) => {
        fields[number] = source.toString('hex', start, end);
      });
      const alone = places.map((place) => toRow(['text'], [values[place] ?? null]));
      assert.deepEqual(
        fields,
        alone.map(({ source, start, end }) => source.toString('hex', start, end - 20)),
      );
    }),
    { numRuns: 1000 },
  );
});

test('rows do not touch one another, long ones neither', () => {
  const texts = Array.from({ length: 2000 }, (_, index) => '长'.repeat(index % 97).concat('x'));
  texts.splice(1000, 0, '长'.repeat(200_000));
  const rows = texts.map((text) => toRow(['text'], [text]));
  assert.deepEqual(
    rows.map((row) => valuesOf(['text'], row)[0]),
    texts,
  );
});

test('two lists have the same hash only when they are the same', () => {
  fc.assert(
    fc.property(list, list, (left, right) => {
      const isSame = JSON.stringify(left) === JSON.stringify(right);
      assert.equal(hashText(left) === hashText(right), isSame);
    }),
    { numRuns: 2000 },
  );
  assert.notEqual(hashText([null]), hashText(['']));
  assert.notEqual(hashText([null, '']), hashText(['', null]));
  assert.notEqual(hashText(['a', 'b']), hashText(['ab', '']));
});

test('JSON as it came is the same as its text, wherever it stands', () => {
  const piece = fc.string({
    unit: fc.constantFrom('\\', '"', '\n', 'a', '王', '🙂'),
    maxLength: 9,
  });
  fc.assert(
    fc.property(piece, piece, (text, around) => {
      const source = Buffer.from(around + text + around);
      const start = Buffer.byteLength(around);
      const sent = new JsonText(source, start, start + Buffer.byteLength(text));
      const rowOf = (one: RowValue) => bytesOf(toRow(['text', 'jsonb'], ['a', one], ['b', one]));
      assert.deepEqual(rowOf(sent), rowOf(text));
    }),
    { numRuns: 1000 },
  );
});
