import assert from 'node:assert/strict';
import { test } from 'node:test';
import { familiesOf } from '../../../../src/cli/metrics/families.ts';
import { metricsText } from '../../../../src/cli/metrics/format.ts';
import type { Overview } from '../../../../src/cli/status/overview.ts';
import { ago, lastRun, overview, source, stream } from '../status/states.ts';
import { type Read, readExposition } from './exposition.ts';

function read(state: Overview): Read {
  return readExposition(metricsText(familiesOf(state)));
}

const labels = 'source="acme",stream="base.records"';

test('a stream has what its last sync did and when it was last complete', () => {
  const last = lastRun({ status: 'incomplete', rejected: 2, throttled: 1, retries: 3 });
  const streams = [stream('base.records', { fresh_at: ago(90), open_rejects: 5, last_run: last })];
  const { samples } = read(overview({ sources: [source({ streams })] }));
  const values = (name: string): (number | undefined)[] => [
    samples.get(`larkhouse_${name}{${labels}}`),
  ];
  assert.deepEqual(values('last_success_timestamp_seconds'), [ago(90).getTime() / 1000]);
  assert.deepEqual(values('last_sync_timestamp_seconds'), [ago(6).getTime() / 1000]);
  assert.deepEqual(values('last_sync_duration_seconds'), [2.5]);
  assert.deepEqual(values('last_sync_records'), [10]);
  assert.deepEqual(values('last_sync_rejected_records'), [2]);
  assert.deepEqual(values('last_sync_requests'), [12]);
  assert.deepEqual(values('last_sync_throttled_requests'), [1]);
  assert.deepEqual(values('last_sync_retries'), [3]);
  assert.deepEqual(values('rows'), [1234]);
  assert.deepEqual(values('rejected_records_waiting'), [5]);
  const rows = ['inserted', 'updated', 'unchanged', 'deleted'].map((kind) =>
    samples.get(`larkhouse_last_sync_rows{${labels},kind="${kind}"}`),
  );
  assert.deepEqual(rows, [4, 3, 2, 1]);
  const states = ['complete', 'incomplete', 'interrupted'].map((status) =>
    samples.get(`larkhouse_last_sync_status{${labels},status="${status}"}`),
  );
  assert.deepEqual(states, [0, 1, 0]);
});

test('a stream that was never complete has a last success of 0, so that an alert on its age fires', () => {
  const streams = [stream('base.records', { fresh_at: null, last_run: null })];
  const { samples, names } = read(overview({ sources: [source({ streams })] }));
  assert.equal(samples.get(`larkhouse_last_success_timestamp_seconds{${labels}}`), 0);
  assert.ok(!names.has('larkhouse_last_sync_status'));
});

test('a source has its quota, what it follows, and what it holds back', () => {
  const held = { partition: 'p', run_id: 1, held_at: ago(1) };
  const { samples } = read(
    overview({
      sources: [
        source({
          calls_this_month: 70,
          monthly_calls: 100,
          followed_approvals: { open: 12, overdue: 3, next_due_at: null },
          held_deletions: [
            { ...held, stream: 'base.records', rows: 150 },
            { ...held, stream: 'base.records', partition: 'q', rows: 50 },
          ],
        }),
      ],
    }),
  );
  assert.equal(samples.get('larkhouse_month_calls{source="acme"}'), 70);
  assert.equal(samples.get('larkhouse_month_calls_limit{source="acme"}'), 100);
  assert.equal(samples.get(`larkhouse_held_deletions{${labels}}`), 200);
  const followed = 'larkhouse_followed_approvals{source="acme",stream="approval.instances"';
  assert.equal(samples.get(`${followed},state="open"}`), 12);
  assert.equal(samples.get(`${followed},state="overdue"}`), 3);
});

test('without a quota there is no limit to compare with', () => {
  assert.ok(!read(overview()).names.has('larkhouse_month_calls_limit'));
});
