import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusText } from '../../../../src/cli/status/text.ts';
import { ago, lastRun, overview, run, source, stream } from './states.ts';

const busy = overview({
  sources: [
    source({
      calls_this_month: 1234,
      monthly_calls: 10_000,
      calls_left: 8766,
      followed_approvals: { open: 12, overdue: 3, next_due_at: new Date('2026-11-22T13:00:00Z') },
      held_deletions: [
        { stream: 'base.records', partition: 'basc1/tbl1', rows: 150, run_id: 7, held_at: ago(90) },
      ],
      streams: [
        stream('base.tables', { fresh_at: null, last_run: null, rows: 0 }),
        stream('base.records', {
          fresh_at: ago(90),
          open_rejects: 2,
          oldest_reject_at: ago(3000),
          last_run: lastRun({ status: 'incomplete', rejected: 2, error: 'the app lacks a scope' }),
          cursors: [
            {
              partition: 'a',
              committed_at: ago(5),
              at: ago(5),
              words: 'read whole',
              says: 'read whole just now',
            },
            {
              partition: 'b',
              committed_at: ago(9),
              at: ago(9),
              words: 'read whole',
              says: 'read whole before',
            },
          ],
        }),
      ],
    }),
  ],
  runs: [run({ status: 'incomplete', error: 'the warehouse was full' })],
});

test('a source shows its quota, a stream its freshness, last sync, rows and rejects', () => {
  const text = statusText(busy, undefined);
  assert.match(text, /^acme: 1,234 of 10,000 calls this month, 8,766 left\n/);
  assert.match(text, /^base\.records +1 hour ago +incomplete +1,234 +4 +3 +1 +2$/m);
  assert.match(text, /^base\.tables +never +0 +0$/m);
  assert.match(text, /^base\.records: the app lacks a scope$/m);
  assert.match(text, /^7 +6 minutes ago +1 m 00 s +incomplete +sync$/m);
  assert.match(text, /^run 7: the warehouse was full$/m);
});

test('what waits is said with what to do about it', () => {
  const text = statusText(busy, undefined);
  assert.match(
    text,
    /^followed approvals: 12 open, 3 overdue, the next due 2026-11-22 13:00 UTC\. Next: sync /m,
  );
  assert.match(text, /^held back 1 hour ago: 150 deletions in base\.records \(basc1\/tbl1\), /m);
  assert.match(
    text,
    /^rejected records that wait: 2 of base\.records \(the oldest 2 days ago\)\. Next, .*: larkhouse sync --retry-rejected --source acme$/m,
  );
});

test('of several cursors of a stream the one that is furthest behind is shown', () => {
  assert.match(statusText(busy, undefined), /^base\.records +2 +read whole before$/m);
});

test('an estimated number of rows is marked as one', () => {
  const streams = [stream('base.records', { rows: 23_000_000, rows_estimated: true })];
  assert.match(
    statusText(overview({ sources: [source({ streams })] }), undefined),
    /^base\.records .* ~23,000,000 /m,
  );
});

test('a source that waits for nothing says nothing of it', () => {
  const text = statusText(overview(), undefined);
  assert.doesNotMatch(text, /held back|rejected records|followed/);
  assert.match(text, /^acme: 0 calls this month$/m);
});

test('without any run it says so', () => {
  assert.match(statusText(overview({ runs: [] }), undefined), /No run so far\.$/);
});

test('every line fits 80 and 60 columns, and the status of the last sync is still there', () => {
  for (const width of [80, 60]) {
    const text = statusText(busy, width);
    const wide = text.split('\n').filter((line) => line.length > width);
    assert.deepEqual(wide, []);
    assert.match(text, /^base\.records +1 hour ago +incomplete /m);
    assert.match(text, /^base\.records .* 2$/m);
  }
});
