import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Chunk } from '../../../../src/load/sink/chunk.ts';
import { encodeRows } from '../../../../src/load/sink/copy.ts';
import { toRow } from '../../../../src/row.ts';
import { textOf } from '../../../../src/slice.ts';

function sent(chunks: Iterable<Chunk>): string {
  return String(Buffer.concat([...chunks].map(({ bytes }) => bytes)));
}

test('a line is the constants, the values and the hash', () => {
  const row = toRow(['1', null]);
  assert.equal(
    sent(encodeRows([row, row], ['acme', '7'])),
    `acme\t7\t${textOf(row)}acme\t7\t${textOf(row)}`,
  );
});

test('lines are sent in chunks of about 64 KiB, none of them cut', () => {
  const rows = Array.from({ length: 5000 }, (_, index) => toRow([String(index), 'é'.repeat(45)]));
  const chunks = [...encodeRows(rows)];
  assert.ok(chunks.length > 5 && chunks.every(({ bytes }) => String(bytes).endsWith('\n')));
  assert.ok(chunks.every(({ bytes }) => bytes.length < 66_000));
  assert.equal(sent(chunks), rows.map(textOf).join(''));
  assert.deepEqual([...encodeRows([])], []);
});

test('a line may be longer than a chunk', () => {
  const rows = ['短', '长'.repeat(100_000), '短'].map((text) => toRow([text]));
  assert.equal(sent(encodeRows(rows)), rows.map(textOf).join(''));
});

test('bytes of a chunk that was sent are used again', () => {
  const [first] = encodeRows([toRow(['first'])]);
  const bytes = first?.bytes;
  first?.release();
  const [second] = encodeRows([toRow(['second'])]);
  assert.equal(second?.bytes.buffer, bytes?.buffer);
  assert.match(String(second?.bytes), /^second\t/);
});
