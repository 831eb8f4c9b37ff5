// Runs: begun, finished, or found abandoned.

import type { Pool } from 'pg';
import { InvariantError } from '../errors.ts';
import { qualified } from './identifier.ts';
import { type Lease, runLock } from './lease.ts';
import { inTransaction, query } from './pool.ts';
import { execute, native, sql } from './statements.ts';

export type RunStatus = 'complete' | 'incomplete' | 'interrupted';

export interface Run {
  readonly id: number;
  /** Records how the run ended. */
  finish(status: RunStatus, error: string | null): Promise<void>;
}

/** A run, of which the lease tells others that it is alive. */
export async function beginRun(
  pool: Pool,
  schema: string,
  lease: Lease,
  run: { readonly command: string; readonly version: string },
): Promise<Run> {
  await markAbandoned(pool, schema);
  const runs = sql('sync_runs').withSchema(schema);
  const { sql: text, bindings } = native(
    runs
      .clone()
      .insert({ ...run, status: 'running' })
      .returning('run_id'),
  );
  const id = await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ run_id: string }>(text, [...bindings]);
    const id = Number(rows[0]?.run_id);
    // Locked before anybody can see it: a run without a lock counts as abandoned.
    if (await lease.take(runLock(schema, id))) return id;
    throw new InvariantError(`run ${id} is locked before it began`);
  });
  return {
    id,
    async finish(status, error) {
      const ended = { status, error, finished_at: sql.raw('now()') };
      await execute(pool, runs.clone().where({ run_id: id }).update(ended));
    },
  };
}

/** Marks running runs whose locks are free: of those that end at this moment, their own word counts. */
async function markAbandoned(pool: Pool, schema: string): Promise<void> {
  const runs = qualified(schema, 'sync_runs');
  await query(
    pool,
    `with running as materialized (select run_id from ${runs} where status = 'running')
update ${runs} r set status = 'abandoned', finished_at = now() from running
where r.run_id = running.run_id and r.status = 'running'
  and pg_try_advisory_xact_lock(hashtextextended($1 || running.run_id, 0))`,
    [runLock(schema, '')],
  );
}
