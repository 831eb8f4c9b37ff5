import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exitCodeFor, idleStream, reportOf, statusOf } from '../../../../src/cli/sync/report.ts';

test('the status is the worst of all, and skipped only when nothing ran', () => {
  assert.equal(statusOf(['complete', 'skipped']), 'complete');
  assert.equal(statusOf(['complete', 'incomplete']), 'incomplete');
  assert.equal(statusOf(['incomplete', 'interrupted', 'complete']), 'interrupted');
  assert.equal(statusOf(['skipped', 'skipped']), 'skipped');
});

test('exit codes are those of the contract', () => {
  const statuses = ['complete', 'skipped', 'incomplete', 'interrupted'] as const;
  assert.deepEqual(statuses.map(exitCodeFor), [0, 0, 1, 130]);
});

test('streams are grouped by source, and a stream does not repeat its source', () => {
  const idle = (source: string, stream: string) =>
    idleStream(source, stream, { status: 'skipped', error: null });
  const streams = [idle('a', 'x.1'), idle('b', 'x.1'), idle('a', 'x.2')];
  const { run_id, sources } = reportOf(streams, { id: undefined, seconds: 2 });
  assert.equal(run_id, null);
  assert.deepEqual(
    sources.map(({ source, streams: own }) => [source, own.map(({ stream }) => stream)]),
    [
      ['a', ['x.1', 'x.2']],
      ['b', ['x.1']],
    ],
  );
  assert.ok(!('source' in (sources[0]?.streams[0] ?? {})));
});
