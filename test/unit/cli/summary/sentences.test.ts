import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeSentence, troubleSentences } from '../../../../src/cli/summary/sentences.ts';
import { reportWith, streamReport } from './fixture.ts';

const real = { dryRun: false, command: 'sync' } as const;

test('what changed is one sentence', () => {
  const streams = [
    streamReport({ inserted: 12, updated: 2 }),
    streamReport({ updated: 1, deleted: 1 }),
  ];
  assert.equal(
    changeSentence(reportWith(streams), real),
    '12 rows are new, 3 changed, 1 was marked deleted or removed.',
  );
  const one = reportWith([streamReport({ updated: 1 })]);
  assert.equal(changeSentence(one, real), '1 row changed.');
  const equal = reportWith([streamReport({ inserted: 2, updated: 2, deleted: 2 })]);
  assert.equal(
    changeSentence(equal, real),
    '2 rows are new, 2 changed, 2 were marked deleted or removed.',
  );
});

test('nothing is said to be unchanged since the last run only when everything was read', () => {
  const report = reportWith([streamReport({ unchanged: 5 })]);
  assert.equal(changeSentence(report, real), 'Nothing changed since the last run.');
  assert.equal(changeSentence({ ...report, status: 'incomplete' }, real), 'Nothing was changed.');
  assert.match(changeSentence({ ...report, status: 'skipped' }, real), /another run is at work/);
});

test('a backfill, a replay and a retry that change nothing speak of what they looked at', () => {
  const report = reportWith([streamReport({ unchanged: 5 })]);
  assert.equal(
    changeSentence(report, { ...real, command: 'backfill' }),
    'Nothing in the span has changed.',
  );
  assert.equal(
    changeSentence(report, { ...real, command: 'replay' }),
    'Every row was as its payload says.',
  );
  assert.equal(
    changeSentence(report, { ...real, command: 'retry' }),
    'No rejected record brought anything new.',
  );
});

test('a dry run does not claim to have written', () => {
  const report = reportWith([streamReport({ inserted: 7 })]);
  assert.match(
    changeSentence(report, { ...real, dryRun: true }),
    /^7 rows would be written .*; nothing was written\.$/,
  );
});

test('every warning, rejection and error has its stream; a skipped source is told once', () => {
  const report = reportWith([
    streamReport({ warnings: ['odd'], rejected: 2, error: 'first\nsecond' }),
    streamReport({ stream: 'base.apps', warnings: ['strange'] }),
  ]);
  const skipped = {
    source: 'other',
    streams: [
      streamReport({ status: 'skipped', warnings: ['held'] }),
      streamReport({ status: 'skipped' }),
    ],
  };
  assert.deepEqual(troubleSentences({ ...report, sources: [...report.sources, skipped] }), [
    'skipped: other: another run holds it and goes on.',
    'warning: acme base.records: odd',
    'error: acme base.records: 2 records could not become rows. Next: see payload and reason in the table rejected_records; when the cause is gone, sync --retry-rejected loads what it can.',
    'error: acme base.records: first',
    'error: acme base.records: second',
    'warning: acme base.apps: strange',
  ]);
});

test('streams that another stream stopped are told in one line, beside what stopped them', () => {
  const because = 'since the source was stopped: it is used up [source acme]';
  const report = reportWith([
    streamReport({ status: 'incomplete', error: 'it is used up [source acme]' }),
    streamReport({ stream: 'base.apps', status: 'incomplete', error: `not read, ${because}` }),
    streamReport({
      stream: 'base.fields',
      status: 'incomplete',
      error: `broken\nnot read to the end, ${because}`,
    }),
  ]);
  assert.deepEqual(troubleSentences(report), [
    'error: acme base.records: it is used up [source acme]',
    'error: acme base.fields: broken',
    'error: acme: 2 streams were not read to the end, since the source was stopped.',
  ]);
});

test('an interruption is told once a source, beside the errors that came before it', () => {
  const stop = 'the run was stopped by SIGTERM [source acme]';
  const report = reportWith([
    streamReport({ status: 'interrupted', error: `broken\n${stop}` }),
    streamReport({ stream: 'base.apps', status: 'interrupted', error: stop }),
  ]);
  assert.deepEqual(troubleSentences(report), [
    'interrupted: acme: 2 streams were not read to the end; the next run goes on from what is committed.',
    'error: acme base.records: broken',
  ]);
});
