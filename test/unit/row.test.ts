import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { JsonText } from '../../src/json.ts';
import { eachField, fieldsOf, hashOf, toRow, valuesOf } from '../../src/row.ts';
import { textOf } from '../../src/slice.ts';
import type { RowValue } from '../../src/stream.ts';

const value = fc.option(
  fc.oneof(
    fc.string({ unit: fc.constantFrom('N', '\\', 'n', '\t', '\n', '\r', 'x'), maxLength: 5 }),
    fc.string({ unit: 'grapheme' }),
  ),
);
const list = fc.array(value, { minLength: 1, maxLength: 6 });

function hashText(values: readonly RowValue[]): string {
  return textOf(hashOf(toRow(values)));
}

test('a tab, a line end and a backslash in a value are escaped, and nothing else', () => {
  assert.equal(fieldsOf(['a\tb\nc\rd\\e']), 'a\\tb\\nc\\rd\\\\e\t');
  assert.equal(fieldsOf(['\b\f\v "quoted" 王 🙂']), '\b\f\v "quoted" 王 🙂\t');
});

test('null is apart from the empty string and from the two characters that stand for it', () => {
  assert.equal(fieldsOf([null, '', '\\N']), '\\N\t\t\\\\N\t');
});

test('a row is its fields and the hash of what is compared', () => {
  const row = toRow(['1', null, '王'], ['1', null]);
  assert.equal(textOf(row), `1\t\\N\t王\t\\\\x${hashText(['1', null])}\n`);
  assert.match(hashText(['1', null]), /^[0-9a-f]{32}$/);
});

test('the values of a row are those that it was made of', () => {
  fc.assert(
    fc.property(list, (values) => {
      const row = toRow(values);
      const places = [...values.keys()].filter((place) => place % 2 === 0);
      assert.deepEqual(valuesOf(row), values);
      const fields: string[] = [];
      eachField(row, places, (number, source, start, end) => {
        fields[number] = `${textOf({ source, start, end })}\t`;
      });
      assert.deepEqual(
        fields,
        places.map((place) => fieldsOf([values[place] ?? null])),
      );
    }),
    { numRuns: 1000 },
  );
});

test('rows do not touch one another, long ones neither', () => {
  const texts = Array.from({ length: 2000 }, (_, index) => '长'.repeat(index % 97).concat('x'));
  texts.splice(1000, 0, '长'.repeat(200_000));
  const rows = texts.map((text) => toRow([text]));
  assert.deepEqual(
    rows.map((row) => valuesOf(row)[0]),
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

const piece = fc.string({
  unit: fc.constantFrom('\\', '"', '\t', '\n', '\r', '\b', 'a', '王', '🙂'),
  maxLength: 9,
});

test('JSON as it came is escaped like the same text, wherever it stands', () => {
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 3 }), piece, (texts, around) => {
      const values = texts.map((text) => jsonWithin(around, text));
      assert.equal(textOf(toRow(values)), textOf(toRow(texts)));
      assert.equal(textOf(toRow(['a', ...values, null])), textOf(toRow(['a', ...texts, null])));
    }),
    { numRuns: 2000 },
  );
});

test('text is the same in UTF-8, short or long, whatever stands at its ends', () => {
  const ends = ['a', '\u007f', '\u0080', 'é', '\u07ff', '\u0800', '王', '\uffff', '🙂', '\n', '\\'];
  for (let length = 0; length < 300; length += 1) {
    for (const end of ends) {
      const text = `${end}${'王x'.repeat(length).slice(0, length)}${end}`;
      assert.equal(textOf(toRow([text])).split('\t')[0], fieldsOf([text]).slice(0, -1));
    }
  }
});

test('JSON as it came is escaped, also where nobody has looked for what to escape', () => {
  fc.assert(
    fc.property(piece, piece, (text, around) => {
      const { source, start, end } = jsonWithin(around, text);
      const value = new JsonText(source, start, end);
      assert.equal(textOf(toRow([value])), textOf(toRow([text])));
      assert.equal(textOf(toRow(['a', value], [value])), textOf(toRow(['a', text], [text])));
    }),
    { numRuns: 1000 },
  );
});

/** The text as JSON that is not looked into, which stands between others. */
function jsonWithin(around: string, text: string): JsonText {
  const source = Buffer.from(around + text + around);
  const start = Buffer.byteLength(around);
  const end = start + Buffer.byteLength(text);
  const escapes = Array.from({ length: end - start }, (_, index) => start + index);
  return new JsonText(
    source,
    start,
    end,
    escapes.filter((at) => isEscape(source[at] ?? 0)),
  );
}

function isEscape(code: number): boolean {
  return code < 0x20 || code === 0x5c;
}
