import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Chunk } from '../../../../src/load/sink/chunk.ts';
import { encodeRows, headOf } from '../../../../src/load/sink/copy.ts';
import { layoutsOf } from '../../../../src/load/sink/layout.ts';
import { toRow } from '../../../../src/row.ts';
import { bytesOf } from '../../../../src/slice.ts';
import type { Column } from '../../../../src/stream.ts';

const text: Column = { type: 'text', read: () => null };
const [layout] = layoutsOf('lark', {
  name: 'a.b',
  tables: [{ name: 'notes', key: ['id'], columns: { id: text, body: text } }],
  partitions: () => [],
  async *pages() {},
});
const head = headOf(layout);
const rowOf = (id: string, body: string | null) => toRow(['text', 'text'], [id, body]);

function sent(chunks: Iterable<Chunk>): Buffer {
  return Buffer.concat([...chunks].map(({ bytes }) => bytes));
}

test('a row is sent with how many fields it has, behind the values that are the same in all', () => {
  const row = rowOf('1', null);
  const withConstants = headOf(layout, [
    ['text', 'acme'],
    ['bigint', '7'],
  ]);
  const one = `0005${'00000004'}61636d65${'00000008'}0000000000000007${bytesOf(row).toString('hex')}`;
  assert.equal(sent(encodeRows([row, row], withConstants)).toString('hex'), one + one);
  assert.equal(bytesOf(head).toString('hex'), '0003');
});

test('rows are sent in chunks of about 64 KiB, none of them cut', () => {
  const rows = Array.from({ length: 5000 }, (_, index) => rowOf(String(index), 'é'.repeat(45)));
  const chunks = [...encodeRows(rows, head)];
  assert.ok(chunks.length > 5 && chunks.every(({ bytes }) => bytes.readInt16BE(0) === 3));
  assert.ok(chunks.every(({ bytes }) => bytes.length < 66_000));
  const all = rows.flatMap((row) => [bytesOf(head), bytesOf(row)]);
  assert.deepEqual(sent(chunks), Buffer.concat(all));
  assert.deepEqual([...encodeRows([], head)], []);
});

test('a row may be longer than a chunk', () => {
  const rows = ['短', '长'.repeat(100_000), '短'].map((body) => rowOf('1', body));
  const all = rows.flatMap((row) => [bytesOf(head), bytesOf(row)]);
  assert.deepEqual(sent(encodeRows(rows, head)), Buffer.concat(all));
});

test('bytes of a chunk that was sent are used again', () => {
  const [first] = encodeRows([rowOf('1', 'first')], head);
  const bytes = first?.bytes;
  first?.release();
  const [second] = encodeRows([rowOf('1', 'second')], head);
  assert.equal(second?.bytes.buffer, bytes?.buffer);
  assert.ok(second?.bytes.includes('second'));
});
