import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toRow } from '../../src/row.ts';
import { ValueList } from '../../src/value-list.ts';

const ofText = 25;
const ofInteger = 23;

/** What Postgres reads of an array of this type in binary form. */
function elementsOf(bytes: Buffer, typeId: number): (Buffer | null)[] {
  const elements: (Buffer | null)[] = [];
  for (let at = 20; at < bytes.length; ) {
    const length = bytes.readInt32BE(at);
    at += 4;
    elements.push(length < 0 ? null : bytes.subarray(at, at + length));
    at += Math.max(0, length);
  }
  assert.deepEqual([bytes.readInt32BE(0), bytes.readInt32BE(8)], [1, typeId]);
  assert.equal(bytes.readInt32BE(12), elements.length);
  return elements;
}

test('fields of rows are elements as they are, null apart from every text', () => {
  const list = new ValueList('text', 1);
  const texts = ['王', 'a\tb\\N', '', null, 'x'.repeat(5000)];
  for (const text of texts) {
    const { source, start, end } = toRow(['text'], [text]);
    list.addField(source, start, end - 20);
  }
  assert.deepEqual(
    elementsOf(list.bytes, ofText).map((element) => element?.toString() ?? null),
    texts,
  );
});

test('a list has the type of its values', () => {
  const list = new ValueList('integer', 1);
  const { source, start } = toRow(['integer'], ['7']);
  list.addField(source, start, start + 8);
  assert.deepEqual(elementsOf(list.bytes, ofInteger), [Buffer.from([0, 0, 0, 7])]);
});

test('texts are added as they are, bytes in hex by the first of them, and masked', () => {
  const list = new ValueList('text', 1);
  list.addText('王\t');
  list.addHex('00ff7f80', Buffer.from([0x0f, 0x0f, 0x7f]));
  list.addText('x'.repeat(5000));
  list.addText('');
  assert.deepEqual(elementsOf(list.bytes, ofText), [
    Buffer.from('王\t'),
    Buffer.from([0x0f, 0xf0, 0x00]),
    Buffer.from('x'.repeat(5000)),
    Buffer.from(''),
  ]);
});
