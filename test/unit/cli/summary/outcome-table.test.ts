import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { outcomeTable } from '../../../../src/cli/summary/outcome-table.ts';
import { streamReport } from './fixture.ts';

const source = {
  source: 'acme',
  streams: [
    streamReport({
      stream: 'approval.instances',
      records: 60,
      inserted: 1816,
      requests: 117,
      seconds: 6.2,
    }),
    streamReport({
      stream: 'base.records',
      status: 'incomplete',
      records: 12_345,
      updated: 3,
      deleted: 1,
      seconds: 83,
    }),
    streamReport({ stream: 'contact.users', status: 'skipped' }),
  ],
};
const plain = { width: undefined, color: false, dryRun: false };

test('without a terminal every column is there', () => {
  assert.equal(
    outcomeTable(source, plain),
    `stream              status      records    new  changed  unchanged  deleted  rejected  calls      time
approval.instances  complete         60  1,816        0          0        0         0    117     6.2 s
base.records        incomplete   12,345      0        3          0        1         0      0  1 m 23 s
contact.users       skipped`,
  );
});

test('at 80 columns columns of zeros go first, at 60 those that are worth least', () => {
  const head = (width: number): string =>
    outcomeTable(source, { ...plain, width }).split('\n')[0] ?? '';
  assert.deepEqual(head(80).split(/ +/), [
    'stream',
    'status',
    'records',
    'new',
    'changed',
    'deleted',
    'calls',
  ]);
  assert.deepEqual(head(60).split(/ +/), ['stream', 'status', 'new', 'changed', 'deleted']);
});

test('no line is wider than the terminal, with colours and without', () => {
  for (let width = 20; width < 120; width += 1) {
    for (const line of outcomeTable(source, { ...plain, width }).split('\n')) {
      assert.ok(stringWidth(line) <= width, `${width}: ${line}`);
    }
  }
});

test('colours change nothing but colours', () => {
  const colored = outcomeTable(source, { ...plain, color: true });
  assert.notEqual(colored, outcomeTable(source, plain));
  assert.equal(stripVTControlCharacters(colored).replace(/ +$/gm, ''), outcomeTable(source, plain));
});

test('a dry run shows rows, not changes', () => {
  const [head = ''] = outcomeTable(source, { ...plain, dryRun: true }).split('\n');
  assert.deepEqual(head.split(/ +/), [
    'stream',
    'status',
    'records',
    'rows',
    'rejected',
    'calls',
    'time',
  ]);
});
