import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceState } from '../../../../src/cli/status/overview.ts';
import { emptyHistory, type History } from '../../../../src/cli/status/read.ts';
import { statusText } from '../../../../src/cli/status/text.ts';

const now = Date.UTC(2026, 10, 22, 12);
const modules = { base: [{ kind: 'app', token: 'basc1' }] } as const;
const ago = (minutes: number): Date => new Date(now - minutes * 60_000);

const history: History = {
  cursors: new Map([['acme/base.records', { committed_at: ago(5), partitions: 3 }]]),
  complete: new Map([['acme/base.records', { at: ago(90) }]]),
  last: new Map([
    [
      'acme/base.records',
      {
        run_id: 7,
        status: 'incomplete',
        started_at: ago(6),
        records: 10,
        inserted: 4,
        updated: 3,
        unchanged: 2,
        deleted: 1,
        rejected: 1,
        error: 'the app lacks a scope',
      },
    ],
  ]),
  rejects: new Map([['acme/base.records', { open: 2 }]]),
  runs: [
    {
      run_id: 7,
      started_at: ago(6),
      finished_at: ago(5),
      status: 'incomplete',
      command: 'sync',
      version: '0.1.0',
      error: null,
    },
  ],
};

test('a stream is as fresh as its last complete run, whatever came after', () => {
  const source = sourceState(
    { name: 'acme', modules, quota: { monthlyCalls: 10_000 } },
    history,
    1234,
  );
  const text = statusText(
    { schema: 'lark', sources: [source], runs: history.runs },
    { now, width: undefined },
  );
  assert.match(text, /^acme: 1,234 of 10,000 calls this month\n/);
  assert.match(text, /^base\.records +1 hour ago +incomplete +4 +3 +1 +2$/m);
  assert.match(text, /^base\.tables +never +0$/m);
  assert.match(text, /^base\.records: the app lacks a scope$/m);
  assert.match(text, /^7 +6 minutes ago +1 m 00 s +incomplete +sync$/m);
});

test('without any history every stream is listed as never fresh', () => {
  const source = sourceState({ name: 'acme', modules }, emptyHistory, 0);
  assert.equal(source.monthly_calls, null);
  assert.ok(
    source.streams.every(({ fresh_at: fresh, last_run: last }) => fresh === null && last === null),
  );
  assert.match(
    statusText({ schema: 'lark', sources: [source], runs: [] }, { now, width: undefined }),
    /No run so far\.$/,
  );
});

test('on a narrow terminal the counts go before the status', () => {
  const source = sourceState({ name: 'acme', modules }, history, 1);
  const text = statusText(
    { schema: 'lark', sources: [source], runs: history.runs },
    { now, width: 50 },
  );
  assert.ok(text.split('\n').every((line) => line.startsWith('base') || line.length <= 50));
  assert.match(text, /^stream +fresh as of +last run +rejects$/m);
});
