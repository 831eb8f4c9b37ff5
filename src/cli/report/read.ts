// What a report shows besides the overview: days, runs, rejects, changes of Bases, sizes.

import type { Pool } from 'pg';
import { qualified } from '../../load/identifier.ts';
import { query } from '../../load/pool.ts';
import { type SchemaChange, schemaChanges } from '../../load/schema-history.ts';
import { daysUpTo } from './days.ts';

/** Rows that the runs which began on a day wrote for a source. */
export interface DayRows {
  readonly source: string;
  /** YYYY-MM-DD in UTC, as everywhere here. */
  readonly day: string;
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

export interface DayCalls {
  readonly source: string;
  readonly day: string;
  readonly endpoint: string;
  readonly requests: number;
  readonly throttled: number;
  readonly errors: number;
}

export interface ReportedRun {
  readonly run_id: number;
  readonly started_at: Date;
  readonly status: string;
  readonly command: string;
  readonly version: string;
  /** Null while it is running. */
  readonly seconds: number | null;
  readonly error: string | null;
  /** Of the sources of the report. */
  readonly records: number;
  readonly rows: number;
  readonly requests: number;
}

/** Unresolved rejects of a stream for one reason. */
export interface RejectGroup {
  readonly source: string;
  readonly stream: string;
  readonly reason: string;
  readonly sqlstate: string | null;
  readonly records: number;
  readonly oldest_at: Date;
  readonly newest_at: Date;
}

export interface TableSize {
  readonly table: string;
  /** As Postgres counts its live rows, which is near the truth. */
  readonly rows: number;
  /** With indexes and what is stored out of line. */
  readonly bytes: number;
}

export interface Records {
  readonly rows: readonly DayRows[];
  readonly calls: readonly DayCalls[];
  /** The newest first. */
  readonly runs: readonly ReportedRun[];
  readonly rejects: readonly RejectGroup[];
  readonly changes: readonly SchemaChange[];
  /** The largest first. */
  readonly sizes: readonly TableSize[];
}

export const noRecords: Records = {
  rows: [],
  calls: [],
  runs: [],
  rejects: [],
  changes: [],
  sizes: [],
};

const runsAtMost = 30;
const groupsAtMost = 50;
const changesAtMost = 50;

/** Throws SchemaError and WarehouseError. */
export async function readRecords(
  pool: Pool,
  schema: string,
  { sources, at }: { readonly sources: readonly string[]; readonly at: Date },
): Promise<Records> {
  const table = (name: string): string => qualified(schema, name);
  const streamRuns = table('sync_stream_runs');
  const from = daysUpTo(at)[0] ?? '';
  return {
    rows: await query<DayRows>(
      pool,
      `select s.source, (r.started_at at time zone 'UTC')::date::text as day,
  sum(s.rows_inserted)::float8 as inserted, sum(s.rows_updated)::float8 as updated,
  sum(s.rows_deleted)::float8 as deleted
from ${streamRuns} s join ${table('sync_runs')} r using (run_id)
where s.source = any($1) and r.started_at >= $2::date::timestamp at time zone 'UTC' group by 1, 2`,
      [sources, from],
    ),
    calls: await query<DayCalls>(
      pool,
      `select source, day::text, endpoint, requests::float8, throttled::float8, errors::float8
from ${table('api_usage')} where source = any($1) and day >= $2::date`,
      [sources, from],
    ),
    runs: await query<ReportedRun>(
      pool,
      `select r.run_id::float8, r.started_at, r.status, r.command, r.version, r.error,
  extract(epoch from r.finished_at - r.started_at)::float8 as seconds,
  s.records, s.rows, s.requests
from ${table('sync_runs')} r cross join lateral (
  select coalesce(sum(records), 0)::float8 as records, coalesce(sum(requests), 0)::float8 as requests,
    coalesce(sum(rows_inserted + rows_updated + rows_deleted), 0)::float8 as rows
  from ${streamRuns} where source = any($1) and run_id = r.run_id
) s order by r.run_id desc limit ${runsAtMost}`,
      [sources],
    ),
    rejects: await query<RejectGroup>(
      pool,
      `select source, stream, reason, sqlstate, count(*)::float8 as records,
  min(rejected_at) as oldest_at, max(rejected_at) as newest_at
from ${table('rejected_records')} where source = any($1) and resolved_at is null
group by 1, 2, 3, 4 order by records desc, source, stream, reason limit ${groupsAtMost}`,
      [sources],
    ),
    changes: await schemaChanges(pool, schema, { sources, limit: changesAtMost }),
    sizes: await query<TableSize>(
      pool,
      `select c.relname as table, pg_total_relation_size(c.oid)::float8 as bytes,
  coalesce(t.n_live_tup, 0)::float8 as rows
from pg_class c left join pg_stat_all_tables t on t.relid = c.oid
where c.relnamespace = (select oid from pg_namespace where nspname = $1) and c.relkind in ('r', 'p')
order by bytes desc, c.relname`,
      [schema],
    ),
  };
}
