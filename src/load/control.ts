// The control tables: runs, what they did for each stream, and API usage.

import type { Knex } from 'knex';
import type { Pool } from 'pg';
import type { Lease } from './lease.ts';
import { beginRun, type Run } from './runs.ts';
import { byId } from './sink/transact.ts';
import { execute, sql } from './statements.ts';

/** What a run did for a stream; a row of `sync_stream_runs` but for its key. */
export interface StreamRunRow {
  readonly status: string;
  readonly records: number;
  readonly rows_inserted: number;
  readonly rows_updated: number;
  readonly rows_unchanged: number;
  readonly rows_deleted: number;
  readonly rejected: number;
  readonly requests: number;
  readonly throttled: number;
  readonly retries: number;
  readonly seconds: number;
  readonly error: string | null;
}

/** Calls to add to those of an endpoint on a day. */
export interface Usage {
  readonly endpoint: string;
  /** In UTC, YYYY-MM-DD. */
  readonly day: string;
  readonly requests: number;
  readonly throttled: number;
  readonly errors: number;
}

export interface Control {
  /**
   * Records a run as running for as long as the lease is held, and marks those as abandoned whose process is
   * gone.
   */
  begin(lease: Lease, command: string, version: string): Promise<Run>;
  recordStream(runId: number, source: string, stream: string, row: StreamRunRow): Promise<void>;
  addUsage(source: string, usage: readonly Usage[]): Promise<void>;
  /** Requests by endpoint in a month, YYYY-MM in UTC. */
  monthlyUsage(source: string, month: string): Promise<ReadonlyMap<string, number>>;
}

/** All of them throw WarehouseError and SchemaError. */
export function createControl(pool: Pool, schema: string): Control {
  const table = (name: string): Knex.QueryBuilder => sql(name).withSchema(schema);
  return {
    begin: (lease, command, version) => beginRun(pool, schema, lease, { command, version }),
    async recordStream(runId, source, stream, row) {
      const key = ['source', 'run_id', 'stream'];
      await execute(
        pool,
        table('sync_stream_runs')
          .insert({ source, run_id: runId, stream, ...row })
          .onConflict(key)
          .merge(),
      );
    },
    async addUsage(source, usage) {
      if (usage.length === 0) return;
      const sum = (name: string) => sql.raw('??.?? + excluded.??', ['api_usage', name, name]);
      await execute(
        pool,
        table('api_usage')
          .insert(usage.map((one) => ({ source, ...one })))
          .onConflict(['source', 'endpoint', 'day'])
          .merge({ requests: sum('requests'), throttled: sum('throttled'), errors: sum('errors') }),
        byId,
      );
    },
    async monthlyUsage(source, month) {
      const rows = await execute<{ endpoint: string; requests: number }>(
        pool,
        table('api_usage')
          .select('endpoint', sql.raw('sum(requests)::float8 as requests'))
          .where({ source })
          .whereRaw("day >= ?::date and day < ?::date + interval '1 month'", [
            `${month}-01`,
            `${month}-01`,
          ])
          .groupBy('endpoint'),
      );
      return new Map(rows.map(({ endpoint, requests }) => [endpoint, requests]));
    },
  };
}
