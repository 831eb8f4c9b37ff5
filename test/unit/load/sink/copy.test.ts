import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeOutlines, encodeRows } from '../../../../src/load/sink/copy.ts';
import { hashOf, toRow } from '../../../../src/row.ts';

test('a line is the constants, the values and the hash', () => {
  const row = toRow(['1', null]);
  assert.equal(
    String(Buffer.concat([...encodeRows([row, row], ['acme', '7'])])),
    `acme\t7\t${row}\nacme\t7\t${row}\n`,
  );
});

test('an outline is some values, the place and the hash', () => {
  const rows = [toRow(['a', 'b\t', 'c']), toRow([null, '', '王'])];
  const [first, second] = rows.map((row) => String(hashOf(row)));
  assert.equal(
    String(Buffer.concat([...encodeOutlines(rows, [2, 0])])),
    `c\ta\t0\t${first}\n王\t\\N\t1\t${second}\n`,
  );
});

test('lines are sent in chunks of about 64 KiB, none of them cut', () => {
  const rows = Array.from({ length: 5000 }, (_, index) => toRow([String(index), 'é'.repeat(45)]));
  const chunks = [...encodeRows(rows)];
  assert.ok(chunks.length > 5 && chunks.every((chunk) => String(chunk).endsWith('\n')));
  assert.ok(chunks.every((chunk) => chunk.length < 66_000));
  assert.equal(String(Buffer.concat(chunks)), rows.map((row) => `${row}\n`).join(''));
  assert.deepEqual([...encodeRows([])], []);
});

test('a line may be longer than a chunk', () => {
  const rows = ['短', '长'.repeat(100_000), '短'].map((text) => toRow([text]));
  assert.equal(
    String(Buffer.concat([...encodeRows(rows)])),
    rows.map((row) => `${row}\n`).join(''),
  );
});
