// The picture of the README shows what a terminal shows today: the streams of the demo under today's titles.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { formatLines } from '../../../src/cli/display/line.ts';
import { outcomeTable } from '../../../src/cli/summary/outcome-table.ts';
import { streamReport } from '../cli/summary/fixture.ts';

const picture = readFileSync(new URL('../../../docs/terminal.svg', import.meta.url), 'utf8');
const words = [...picture.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text = '']) => text);

function titlesIn(text: string): string[] {
  return (text.split('\n')[0] ?? '').trim().split(/ {2,}/);
}

test('the picture has the titles of the live block and of the summary: make picture', () => {
  const [block = ''] = formatLines([], { width: 79, color: false, frame: 0 });
  const streams = [
    streamReport({ inserted: 1, updated: 1, unchanged: 1, deleted: 1, rejected: 1 }),
  ];
  const style = { width: undefined, color: false, dryRun: false };
  const table = outcomeTable({ source: 'demo', streams }, style);
  const shown = words.join(' ');
  for (const title of titlesIn(block)) assert.ok(words.includes(title), title);
  // Columns of zeros may be left out of it.
  const left = titlesIn(table).filter((title) => !words.includes(title));
  assert.deepEqual(left.toSorted(), ['rejected', 'unchanged']);
  assert.match(shown, /make sync/);
});

test('the picture is a first sync of the demo that ended well', () => {
  for (const stream of [
    'approval.instances',
    'attendance.flows',
    'base.records',
    'contact.users',
  ]) {
    assert.equal(words.filter((word) => word.includes(stream)).length, 2, stream);
  }
  assert.ok(words.some((word) => /^[\d,]+ rows are new\. \(run 1, complete, /.test(word)));
});
