import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  age,
  briefDuration,
  clip,
  duration,
  harmless,
  onOneLine,
  pad,
  plural,
  wrap,
} from '../../../src/cli/words.ts';

test('durations are as exact as a person needs', () => {
  assert.deepEqual([0.04, 9.94, 9.95, 59.4, 59.6, 185, 3599.6, 7800].map(duration), [
    '0.0 s',
    '9.9 s',
    '10 s',
    '59 s',
    '1 m 00 s',
    '3 m 05 s',
    '1 h 00 m',
    '2 h 10 m',
  ]);
  assert.equal(briefDuration(185), '3m05s');
});

test('an age is told in its largest unit', () => {
  const minute = 60_000;
  assert.deepEqual([0, minute - 1, minute, 90 * minute, 49 * 60 * minute].map(age), [
    'just now',
    'just now',
    '1 minute ago',
    '1 hour ago',
    '2 days ago',
  ]);
});

test('one has no plural, and thousands are separated', () => {
  assert.deepEqual(
    [plural(1, 'row'), plural(0, 'row'), plural(12_345, 'row')],
    ['1 row', '0 rows', '12,345 rows'],
  );
});

test('Chinese takes two cells a character when it is padded and clipped', () => {
  assert.equal(pad('销售', 6), '销售  ');
  assert.equal(pad('销售', 6, 'right'), '  销售');
  assert.equal(clip('销售报表', 6), '销售…');
  assert.equal(clip('销售报表', 8), '销售报表');
});

test('prose is broken at blanks', () => {
  assert.equal(wrap('one two three', 7), 'one two\nthree');
  assert.equal(wrap('a-word-that-is-too-long b', 5), 'a-word-that-is-too-long\nb');
  assert.equal(wrap('one two', undefined), 'one two');
});

test('what would steer a terminal or turn the order of a line around is replaced, and nothing else', () => {
  assert.equal(harmless('a\u001b[2J\u009b1m\u007f\tb\nc'), 'a\ufffd[2J\ufffd1m\ufffd\ufffdb\nc');
  assert.equal(harmless('\u202egnp.exe\u2066'), '\ufffdgnp.exe\ufffd');
  assert.equal(onOneLine('a\r\nb\tc\nd\0'), 'a⏎b c⏎d\ufffd');
  const kept = 'שלום 👩‍👩‍👧 e\u0301 \u200f销售';
  assert.deepEqual([harmless(kept), onOneLine(kept)], [kept, kept]);
});
