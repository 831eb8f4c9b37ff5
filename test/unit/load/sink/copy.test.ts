import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  encodeLines,
  encodeValue,
  encodeValues,
  lineOf,
  rowHash,
} from '../../../../src/load/sink/copy.ts';

test('a tab, a line end and a backslash in a value are escaped, and nothing else', () => {
  assert.equal(encodeValue('a\tb\nc\rd\\e'), 'a\\tb\\nc\\rd\\\\e');
  assert.equal(encodeValue('\b\f\v "quoted" 王 🙂'), '\b\f\v "quoted" 王 🙂');
});

test('null is apart from the empty string and from the two characters that stand for it', () => {
  assert.deepEqual([null, '', '\\N'].map(encodeValue), ['\\N', '', '\\\\N']);
});

test('a line is the constants, the values and the hash', () => {
  const row = { values: ['1', null], compared: ['1'] };
  const [chunk] = encodeLines([lineOf(row)], ['acme', '7']);
  assert.equal(String(chunk), `acme\t7\t1\t\\N\t\\\\x${rowHash(['1'])}\n`);
});

test('lines are sent in chunks of about 64 KiB, none of them cut', () => {
  const lists = Array.from({ length: 5000 }, (_, index) => [String(index), 'x'.repeat(95)]);
  const chunks = [...encodeValues(lists)].map(String);
  assert.ok(chunks.length > 5 && chunks.every((chunk) => chunk.endsWith('\n')));
  assert.ok(chunks.every((chunk) => chunk.length < 66_000));
  assert.equal(chunks.join(''), lists.map(([id, text]) => `${id}\t${text}\n`).join(''));
  assert.deepEqual([...encodeValues([])], []);
});

test('the hash has 16 bytes and tells null, the empty string and borders apart', () => {
  const lists = [
    [null],
    [''],
    [null, ''],
    ['', null],
    ['ab', ''],
    ['a', 'b'],
    ['', 'ab'],
    ['n'],
    ['vn'],
    [],
  ];
  const hashes = lists.map(rowHash);
  assert.ok(hashes.every((hash) => /^[0-9a-f]{32}$/.test(hash)));
  assert.equal(new Set(hashes).size, lists.length);
});

test('two lists have the same hash only when they are the same', () => {
  const value = fc.option(fc.string({ unit: fc.constantFrom('n', 'v', 'a', '\n'), maxLength: 3 }));
  const list = fc.array(value, { maxLength: 4 });
  fc.assert(
    fc.property(list, list, (left, right) => {
      const same = JSON.stringify(left) === JSON.stringify(right);
      assert.equal(rowHash(left) === rowHash(right), same);
    }),
    { numRuns: 2000 },
  );
});
