// The control tables: runs, what they did for each stream, and API usage.

import knexOf, { type Knex } from 'knex';
import type { Client, Pool } from 'pg';
import { InvariantError } from '../errors.ts';
import { throughDoor } from './failure.ts';
import { noticeDeath, runLock, tryLock } from './lease.ts';
import { addressOf, connectBeside, query } from './pool.ts';

/** Builds statements only; they run on our own connections. */
const sql: Knex = knexOf({ client: 'pg' });

export type RunStatus = 'complete' | 'incomplete' | 'interrupted';

export interface Run {
  readonly id: number;
  /** Records how the run ended and gives up its lock. */
  finish(status: RunStatus, error: string | null): Promise<void>;
}

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
  /** Records a run as running and marks those as abandoned whose process is gone. */
  begin(command: string, version: string): Promise<Run>;
  recordStream(runId: number, source: string, stream: string, row: StreamRunRow): Promise<void>;
  addUsage(source: string, usage: readonly Usage[]): Promise<void>;
  /** Requests by endpoint in a month, YYYY-MM in UTC. */
  monthlyUsage(source: string, month: string): Promise<ReadonlyMap<string, number>>;
}

/** All of them throw WarehouseError and SchemaError. */
export function createControl(pool: Pool, schema: string): Control {
  const table = (name: string): Knex.QueryBuilder => sql(name).withSchema(schema);
  return {
    begin: (command, version) => beginRun(pool, schema, { command, version }),
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

/** The run's own connection holds a lock on its id, so that others see whether it is alive. */
async function beginRun(
  pool: Pool,
  schema: string,
  run: { readonly command: string; readonly version: string },
): Promise<Run> {
  await markAbandoned(pool, schema);
  const client = await connectBeside(pool);
  const id = await throughDoor(addressOf(pool), async () => {
    await noticeDeath(client);
    await client.query('begin');
    const { sql: text, bindings } = native(
      sql('sync_runs')
        .withSchema(schema)
        .insert({ ...run, status: 'running' })
        .returning('run_id'),
    );
    const { rows } = await client.query<{ run_id: string }>(text, [...bindings]);
    const runId = Number(rows[0]?.run_id);
    if (!(await tryLock(client, runLock(schema, runId)))) {
      throw new InvariantError(`run ${runId} is locked before it began`);
    }
    await client.query('commit');
    return runId;
  });
  return {
    id,
    async finish(status, error) {
      const update = sql('sync_runs')
        .withSchema(schema)
        .where({ run_id: id })
        .update({ status, error, finished_at: sql.raw('now()') });
      await execute(pool, update);
      await client.end();
    },
  };
}

async function markAbandoned(pool: Pool, schema: string): Promise<void> {
  const running = sql('sync_runs').withSchema(schema).where({ status: 'running' });
  const rows = await execute<{ run_id: string }>(pool, running.clone().select('run_id'));
  if (rows.length === 0) return;
  const client: Client = await connectBeside(pool);
  try {
    await throughDoor(addressOf(pool), async () => {
      for (const { run_id: id } of rows) {
        if (!(await tryLock(client, runLock(schema, Number(id))))) continue;
        const update = running.clone().andWhere({ run_id: id });
        const { sql: text, bindings } = native(
          update.update({ status: 'abandoned', finished_at: sql.raw('now()') }),
        );
        await client.query(text, [...bindings]);
      }
    });
  } finally {
    await client.end();
  }
}

function execute<R>(pool: Pool, builder: Knex.QueryBuilder): Promise<R[]> {
  const { sql: text, bindings } = native(builder);
  return query<R>(pool, text, bindings);
}

function native(builder: Knex.QueryBuilder): Knex.SqlNative {
  return builder.toSQL().toNative();
}
