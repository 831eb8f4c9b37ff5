import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyBacklog } from '../../../../src/cli/status/backlog.ts';
import { type Knowledge, sourceState } from '../../../../src/cli/status/overview.ts';
import { emptyHistory } from '../../../../src/cli/status/read.ts';
import { ago, lastRun } from './states.ts';

const modules = { base: [{ kind: 'app', token: 'basc1' }] } as const;
const nothing: Knowledge = { history: emptyHistory, backlog: emptyBacklog };
const noFacts = { calls: 0, rows: new Map() };

test('without any history every stream is listed as never fresh', () => {
  const state = sourceState({ name: 'acme', modules }, nothing, noFacts);
  assert.equal(state.monthly_calls, null);
  assert.equal(state.calls_left, null);
  assert.deepEqual(
    state.streams.map(({ stream }) => stream),
    ['base.tables', 'base.apps', 'base.fields', 'base.records'],
  );
  for (const { fresh_at: fresh, last_run: last, rows } of state.streams) {
    assert.deepEqual([fresh, last, rows], [null, null, 0]);
  }
});

test('a stream is as fresh as its last complete sync, whatever came after', () => {
  const history = {
    ...emptyHistory,
    syncs: new Map([
      ['acme/base.records', { first_at: ago(900), last_at: ago(6), complete_at: ago(90) }],
    ]),
    last: new Map([['acme/base.records', lastRun({ status: 'incomplete' })]]),
  };
  const state = sourceState({ name: 'acme', modules }, { ...nothing, history }, noFacts);
  const records = state.streams.find(({ stream }) => stream === 'base.records');
  assert.deepEqual(records?.fresh_at, ago(90));
  assert.deepEqual(records.first_sync_at, ago(900));
  assert.equal(records.last_run?.status, 'incomplete');
});

test('what is left of a quota is never below nothing', () => {
  const quota = { monthlyCalls: 100 };
  const left = (calls: number): number | null =>
    sourceState({ name: 'acme', modules, quota }, nothing, { ...noFacts, calls }).calls_left;
  assert.equal(left(40), 60);
  assert.equal(left(140), 0);
});

test('what was committed last of all cursors counts for the stream', () => {
  const cursor = (partition: string, minutes: number | null) => ({
    partition,
    cursor: { read_at: ago(minutes ?? 0).getTime() },
    committed_at: minutes === null ? null : ago(minutes),
  });
  const history = {
    ...emptyHistory,
    cursors: new Map([
      ['acme/base.records', [cursor('a', 30), cursor('b', 10), cursor('c', null)]],
    ]),
  };
  const state = sourceState({ name: 'acme', modules }, { ...nothing, history }, noFacts);
  const records = state.streams.find(({ stream }) => stream === 'base.records');
  assert.deepEqual(records?.committed_at, ago(10));
  assert.equal(records.cursors.length, 3);
});

test('of another source nothing is taken', () => {
  const backlog = {
    followed: new Map([['other', { open: 1, overdue: 1, next_due_at: null }]]),
    held: new Map([
      ['other', [{ stream: 'base.records', partition: 'p', rows: 5, run_id: 1, held_at: ago(1) }]],
    ]),
  };
  const state = sourceState({ name: 'acme', modules }, { ...nothing, backlog }, noFacts);
  assert.equal(state.followed_approvals, null);
  assert.deepEqual(state.held_deletions, []);
});
