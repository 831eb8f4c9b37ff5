// The state of a configuration's sources and streams, as data: what `status --json` prints, and what
// metrics, notifications and the report are made of.

import type { Source } from '../../config/source.ts';
import { streamsOf } from '../../modules/index.ts';
import type { Backlog, Followed, HeldDeletions } from './backlog.ts';
import { type Position, positionOf } from './position.ts';
import type { History, LastRun, RunRow } from './read.ts';
import type { StoredRows } from './stored.ts';

export interface StreamState {
  readonly stream: string;
  /** The warehouse has what Lark had at this time; null before the first complete sync. */
  readonly fresh_at: Date | null;
  /** When it was first synced, however that ended. */
  readonly first_sync_at: Date | null;
  readonly committed_at: Date | null;
  /** Rows that the warehouse holds of it, those marked deleted left out. */
  readonly rows: number;
  readonly rows_estimated: boolean;
  readonly open_rejects: number;
  readonly oldest_reject_at: Date | null;
  /** One a partition. */
  readonly cursors: readonly Position[];
  readonly last_run: LastRun | null;
}

export interface SourceState {
  readonly source: string;
  /** Those that count against the quota, this month in UTC. */
  readonly calls_this_month: number;
  readonly monthly_calls: number | null;
  readonly calls_left: number | null;
  /** Null where no approval is followed. */
  readonly followed_approvals: Followed | null;
  readonly held_deletions: readonly HeldDeletions[];
  readonly streams: readonly StreamState[];
}

export interface Overview {
  readonly schema: string;
  /** When it was looked at. */
  readonly at: Date;
  readonly sources: readonly SourceState[];
  /** The newest first. */
  readonly runs: readonly RunRow[];
}

/** What is known of all sources. */
export interface Knowledge {
  readonly history: History;
  readonly backlog: Backlog;
}

/** What was looked up for one source: calls of this month, and rows by stream. */
export interface SourceFacts {
  readonly calls: number;
  readonly rows: ReadonlyMap<string, StoredRows>;
}

type Settings = Pick<Source, 'name' | 'modules' | 'quota'>;

/** Streams that never ran are listed, too. */
export function sourceState(
  { name, modules, quota }: Settings,
  { history, backlog }: Knowledge,
  { calls, rows }: SourceFacts,
): SourceState {
  const limit = quota?.monthlyCalls ?? null;
  return {
    source: name,
    calls_this_month: calls,
    monthly_calls: limit,
    calls_left: limit === null ? null : Math.max(0, limit - calls),
    followed_approvals: backlog.followed.get(name) ?? null,
    held_deletions: backlog.held.get(name) ?? [],
    streams: streamsOf(modules).map(({ name: stream }) =>
      streamState({ key: `${name}/${stream}`, stream }, history, rows.get(stream)),
    ),
  };
}

function streamState(
  { key, stream }: { readonly key: string; readonly stream: string },
  history: History,
  stored: StoredRows | undefined,
): StreamState {
  const syncs = history.syncs.get(key);
  const cursors = history.cursors.get(key) ?? [];
  const rejects = history.rejects.get(key);
  return {
    stream,
    fresh_at: syncs?.complete_at ?? null,
    first_sync_at: syncs?.first_at ?? null,
    committed_at: latest(cursors.map(({ committed_at: at }) => at)),
    rows: stored?.rows ?? 0,
    rows_estimated: stored?.isEstimate ?? false,
    open_rejects: rejects?.open ?? 0,
    oldest_reject_at: rejects?.oldest_at ?? null,
    cursors: cursors.map(positionOf),
    last_run: history.last.get(key) ?? null,
  };
}

function latest(times: readonly (Date | null)[]): Date | null {
  const known = times.filter((time) => time !== null);
  return known.reduce<Date | null>(
    (newest, time) => (newest === null || time > newest ? time : newest),
    null,
  );
}
