// What the control tables know of sources, streams and runs.

import type { Pool } from 'pg';
import { qualified } from '../../load/identifier.ts';
import { query } from '../../load/pool.ts';

/** The last time that a stream ran. */
export interface LastRun {
  readonly run_id: number;
  readonly status: string;
  readonly started_at: Date;
  readonly records: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly rejected: number;
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

/** All by `source/stream`. */
export interface History {
  /** When a cursor was last committed, and how many there are; replays read nothing new. */
  readonly cursors: ReadonlyMap<
    string,
    { readonly committed_at: Date | null; readonly partitions: number }
  >;
  /** When the newest complete sync of a stream began: everything before is in the warehouse. */
  readonly complete: ReadonlyMap<string, { readonly at: Date }>;
  readonly last: ReadonlyMap<string, LastRun>;
  readonly rejects: ReadonlyMap<string, { readonly open: number }>;
  /** The newest first. */
  readonly runs: readonly RunRow[];
}

export const emptyHistory: History = {
  cursors: new Map(),
  complete: new Map(),
  last: new Map(),
  rejects: new Map(),
  runs: [],
};

type Keyed<R> = R & { readonly source: string; readonly stream: string };

/** Throws SchemaError when the tables are not there, and WarehouseError. */
export async function readHistory(pool: Pool, schema: string): Promise<History> {
  const table = (name: string): string => qualified(schema, name);
  const keyed = async <R>(text: string): Promise<ReadonlyMap<string, Keyed<R>>> => {
    const rows = await query<Keyed<R>>(pool, text);
    return new Map(rows.map((row) => [`${row.source}/${row.stream}`, row]));
  };
  const streamRuns = `${table('sync_stream_runs')} s join ${table('sync_runs')} r using (run_id)`;
  return {
    cursors: await keyed(
      `select source, stream, max(committed_at) as committed_at, count(*)::integer as partitions
from ${table('sync_cursors')} where partition <> 'replay' group by source, stream`,
    ),
    complete: await keyed(
      `select source, stream, max(r.started_at) as at from ${streamRuns}
where s.status = 'complete' and r.command = 'sync' group by source, stream`,
    ),
    last: await keyed(
      `select distinct on (source, stream) source, stream, run_id::float8, s.status, r.started_at,
  s.records::float8, s.rows_inserted::float8 as inserted, s.rows_updated::float8 as updated,
  s.rows_unchanged::float8 as unchanged, s.rows_deleted::float8 as deleted, s.rejected::float8, s.error
from ${streamRuns} order by source, stream, s.run_id desc`,
    ),
    rejects: await keyed(
      `select source, stream, count(*)::float8 as open from ${table('rejected_records')}
where resolved_at is null group by source, stream`,
    ),
    runs: await query<RunRow>(
      pool,
      `select run_id::float8, started_at, finished_at, status, command, version, error
from ${table('sync_runs')} order by run_id desc limit 5`,
    ),
  };
}
