// What the control tables know of sources, streams and runs.

import type { Pool } from 'pg';
import { qualified } from '../../load/identifier.ts';
import { query } from '../../load/pool.ts';
import type { Cursor } from '../../stream.ts';

/** The last sync of a stream; what backfills and replays did is in `runs` alone. */
export interface LastRun {
  readonly run_id: number;
  readonly status: string;
  readonly started_at: Date;
  readonly seconds: number;
  readonly records: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly rejected: number;
  readonly requests: number;
  readonly throttled: number;
  readonly retries: number;
  readonly error: string | null;
}

export interface RunRow {
  readonly run_id: number;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly status: string;
  readonly command: string;
  readonly version: string;
  readonly error: string | null;
}

export interface CursorRow {
  readonly partition: string;
  readonly cursor: Cursor | null;
  readonly committed_at: Date | null;
}

/** The syncs of a stream, whatever else touched it. */
export interface Syncs {
  readonly first_at: Date;
  readonly last_at: Date;
  /** When the newest complete one began: everything before is in the warehouse. Null: none was. */
  readonly complete_at: Date | null;
}

export interface OpenRejects {
  readonly open: number;
  readonly oldest_at: Date;
}

/** All by `source/stream`. */
export interface History {
  /** Replays have one, too, that says nothing: it is left out. */
  readonly cursors: ReadonlyMap<string, readonly CursorRow[]>;
  readonly syncs: ReadonlyMap<string, Syncs>;
  readonly last: ReadonlyMap<string, LastRun>;
  readonly rejects: ReadonlyMap<string, OpenRejects>;
  /** The newest first. */
  readonly runs: readonly RunRow[];
}

export const emptyHistory: History = {
  cursors: new Map(),
  syncs: new Map(),
  last: new Map(),
  rejects: new Map(),
  runs: [],
};

type Keyed<R> = R & { readonly source: string; readonly stream: string };

/** Throws SchemaError when the tables are not there, and WarehouseError. */
export async function readHistory(pool: Pool, schema: string): Promise<History> {
  const table = (name: string): string => qualified(schema, name);
  const streamRuns = `${table('sync_stream_runs')} s join ${table('sync_runs')} r using (run_id)`;
  const all = <R>(text: string): Promise<Keyed<R>[]> => query<Keyed<R>>(pool, text);
  return {
    cursors: Map.groupBy(
      await all<CursorRow>(
        `select source, stream, partition, cursor, committed_at from ${table('sync_cursors')}
where partition <> 'replay' order by source, stream, partition`,
      ),
      keyOf,
    ),
    syncs: byKey(
      await all<Syncs>(
        `select source, stream, min(r.started_at) as first_at, max(r.started_at) as last_at,
  max(r.started_at) filter (where s.status = 'complete') as complete_at
from ${streamRuns} where r.command = 'sync' group by source, stream`,
      ),
    ),
    last: new Map(
      (
        await all<LastRun>(
          `select distinct on (source, stream) source, stream, run_id::float8, s.status,
  r.started_at, s.seconds, s.records::float8, s.rows_inserted::float8 as inserted,
  s.rows_updated::float8 as updated, s.rows_unchanged::float8 as unchanged,
  s.rows_deleted::float8 as deleted, s.rejected::float8, s.requests::float8,
  s.throttled::float8, s.retries::float8, s.error
from ${streamRuns} where r.command = 'sync' order by source, stream, s.run_id desc`,
        )
      ).map(({ source, stream, ...run }) => [keyOf({ source, stream }), run]),
    ),
    rejects: byKey(
      await all<OpenRejects>(
        `select source, stream, count(*)::float8 as open, min(rejected_at) as oldest_at
from ${table('rejected_records')} where resolved_at is null group by source, stream`,
      ),
    ),
    runs: await query<RunRow>(
      pool,
      `select run_id::float8, started_at, finished_at, status, command, version, error
from ${table('sync_runs')} order by run_id desc limit 5`,
    ),
  };
}

function byKey<R>(rows: readonly Keyed<R>[]): ReadonlyMap<string, Keyed<R>> {
  return new Map(rows.map((row) => [keyOf(row), row]));
}

function keyOf({ source, stream }: Keyed<object>): string {
  return `${source}/${stream}`;
}
