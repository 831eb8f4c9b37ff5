// States of sources and streams for tests: a sound one, changed part by part.

import type { Overview, SourceState, StreamState } from '../../../../src/cli/status/overview.ts';
import type { LastRun, RunRow } from '../../../../src/cli/status/read.ts';

/** 2026-11-22 12:00 UTC */
export const now: number = Date.UTC(2026, 10, 22, 12);

export function ago(minutes: number): Date {
  return new Date(now - minutes * 60_000);
}

export function lastRun(given: Partial<LastRun> = {}): LastRun {
  return {
    run_id: 7,
    status: 'complete',
    started_at: ago(6),
    seconds: 2.5,
    records: 10,
    inserted: 4,
    updated: 3,
    unchanged: 2,
    deleted: 1,
    rejected: 0,
    requests: 12,
    throttled: 0,
    retries: 0,
    error: null,
    ...given,
  };
}

export function stream(name: string, given: Partial<StreamState> = {}): StreamState {
  return {
    stream: name,
    fresh_at: ago(6),
    first_sync_at: ago(600),
    committed_at: ago(5),
    rows: 1234,
    rows_estimated: false,
    open_rejects: 0,
    oldest_reject_at: null,
    cursors: [],
    last_run: lastRun(),
    ...given,
  };
}

export function source(given: Partial<SourceState> = {}): SourceState {
  return {
    source: 'acme',
    calls_this_month: 0,
    monthly_calls: null,
    calls_left: null,
    followed_approvals: null,
    held_deletions: [],
    streams: [stream('base.records')],
    ...given,
  };
}

export function run(given: Partial<RunRow> = {}): RunRow {
  return {
    run_id: 7,
    started_at: ago(6),
    finished_at: ago(5),
    status: 'complete',
    command: 'sync',
    version: '0.1.0',
    error: null,
    ...given,
  };
}

export function overview(given: Partial<Overview> = {}): Overview {
  return { schema: 'lark', at: new Date(now), sources: [source()], runs: [run()], ...given };
}
