// The state of a configuration's sources and streams, as data: what `status --json` prints.

import type { Source } from '../../config/source.ts';
import { streamsOf } from '../../modules/index.ts';
import type { History, LastRun, RunRow } from './read.ts';

export interface StreamState {
  readonly stream: string;
  /** The warehouse has what Lark had at this time; null before the first complete run. */
  readonly fresh_at: Date | null;
  readonly committed_at: Date | null;
  /** Cursors, one a partition. */
  readonly cursors: number;
  readonly open_rejects: number;
  readonly last_run: LastRun | null;
}

export interface SourceState {
  readonly source: string;
  /** Those that count against the quota, this month in UTC. */
  readonly calls_this_month: number;
  readonly monthly_calls: number | null;
  readonly streams: readonly StreamState[];
}

export interface Overview {
  readonly schema: string;
  readonly sources: readonly SourceState[];
  readonly runs: readonly RunRow[];
}

/** Streams that never ran are listed, too. */
export function sourceState(
  { name, modules, quota }: Pick<Source, 'name' | 'modules' | 'quota'>,
  history: History,
  calls: number,
): SourceState {
  return {
    source: name,
    calls_this_month: calls,
    monthly_calls: quota?.monthlyCalls ?? null,
    streams: streamsOf(modules).map(({ name: stream }) =>
      streamState(`${name}/${stream}`, stream, history),
    ),
  };
}

function streamState(key: string, stream: string, history: History): StreamState {
  const cursor = history.cursors.get(key);
  const last = history.last.get(key);
  return {
    stream,
    fresh_at: history.complete.get(key)?.at ?? null,
    committed_at: cursor?.committed_at ?? null,
    cursors: cursor?.partitions ?? 0,
    open_rejects: history.rejects.get(key)?.open ?? 0,
    last_run: last === undefined ? null : lastRunOf(last),
  };
}

function lastRunOf(row: LastRun): LastRun {
  const {
    run_id,
    status,
    started_at,
    records,
    inserted,
    updated,
    unchanged,
    deleted,
    rejected,
    error,
  } = row;
  return {
    run_id,
    status,
    started_at,
    records,
    inserted,
    updated,
    unchanged,
    deleted,
    rejected,
    error,
  };
}
