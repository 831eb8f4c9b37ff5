import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextList } from '../../src/text-list.ts';

/** What Postgres reads of a `text[]` in binary form. */
function textsIn(bytes: Buffer): (string | null)[] {
  const texts: (string | null)[] = [];
  for (let at = 20; at < bytes.length; ) {
    const length = bytes.readInt32BE(at);
    at += 4;
    texts.push(length < 0 ? null : bytes.toString('utf8', at, at + length));
    at += Math.max(0, length);
  }
  assert.equal(bytes.readInt32BE(12), texts.length);
  return texts;
}

test('values come as they were before they were escaped, null apart from every text', () => {
  const list = new TextList(1);
  for (const field of ['王', 'a\\tb\\\\N', '', '\\N', 'x'.repeat(5000)]) {
    const source = Buffer.from(`<${field}>`);
    list.add(source, 1, source.length - 1);
  }
  assert.deepEqual(textsIn(list.bytes), ['王', 'a\tb\\N', '', null, 'x'.repeat(5000)]);
});

test('texts are added as they are, ASCII by its first characters', () => {
  const list = new TextList(1);
  list.addText('王\t');
  list.addAscii('abcdef', 3);
  list.addText('x'.repeat(5000));
  list.addText('');
  assert.deepEqual(textsIn(list.bytes), ['王\t', 'abc', 'x'.repeat(5000), '']);
});
