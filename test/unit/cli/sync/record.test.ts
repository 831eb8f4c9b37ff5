import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Scrubber } from '../../../../src/cli/scrub.ts';
import { recorder } from '../../../../src/cli/sync/record.ts';
import { WarehouseError } from '../../../../src/errors.ts';
import type { Control, StreamRunRow, Usage } from '../../../../src/load/control.ts';
import { newProgress } from '../../../../src/progress.ts';
import type { StreamOutcome } from '../../../../src/run.ts';

const outcome: StreamOutcome = {
  source: 'acme',
  stream: 'base.records',
  status: 'incomplete',
  records: 1,
  inserted: 2,
  updated: 3,
  unchanged: 4,
  deleted: 5,
  rejected: 6,
  requests: 7,
  throttled: 8,
  retries: 9,
  seconds: 10,
  error: 'refused: t-abcdefghijklmnop',
  warnings: [],
};

function controlWith(given: Partial<Control>): Control {
  return {
    begin: () => Promise.reject(new Error('not called')),
    recordStream: async () => undefined,
    addUsage: async () => undefined,
    monthlyUsage: async () => new Map(),
    ...given,
  };
}

test('a finished stream is recorded with its counts and calls, and without secrets', async () => {
  const rows: StreamRunRow[] = [];
  const usages: Usage[] = [];
  const control = controlWith({
    recordStream: async (_run, _source, _stream, row) => void rows.push(row),
    addUsage: async (_source, usage) => void usages.push(...usage),
  });
  const records = recorder(control, { runId: 1, scrubber: new Scrubber() });
  const progress = newProgress('acme', 'base.records');
  records.started(progress);
  progress.use.set('base.records.search', { requests: 3, throttled: 1, errors: 0 });
  await records.finished(outcome, progress.use);
  assert.equal(await records.close(), undefined);
  assert.deepEqual(rows[0], {
    status: 'incomplete',
    records: 1,
    rows_inserted: 2,
    rows_updated: 3,
    rows_unchanged: 4,
    rows_deleted: 5,
    rejected: 6,
    requests: 7,
    throttled: 8,
    retries: 9,
    seconds: 10,
    error: 'refused: [secret]',
  });
  assert.deepEqual(
    usages.map(({ endpoint, requests, throttled }) => [endpoint, requests, throttled]),
    [['base.records.search', 3, 1]],
  );
});

test('what cannot be recorded fails no stream, and is told at the end', async () => {
  const control = controlWith({
    recordStream: () => Promise.reject(new WarehouseError('the disk is full')),
  });
  const records = recorder(control, { runId: 1, scrubber: new Scrubber() });
  await records.finished(outcome, new Map());
  assert.equal(await records.close(), 'the disk is full');
});
