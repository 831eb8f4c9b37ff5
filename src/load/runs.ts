// Runs: begun, finished, or found abandoned.

import type { Client, Pool } from 'pg';
import { InvariantError } from '../errors.ts';
import { throughDoor } from './failure.ts';
import { noticeDeath, runLock, tryLock } from './lease.ts';
import { addressOf, connectBeside } from './pool.ts';
import { execute, native, sql } from './statements.ts';

export type RunStatus = 'complete' | 'incomplete' | 'interrupted';

export interface Run {
  readonly id: number;
  /** Records how the run ended and gives up its lock. */
  finish(status: RunStatus, error: string | null): Promise<void>;
}

/** The run's own connection holds a lock on its id, so that others see whether it is alive. */
export async function beginRun(
  pool: Pool,
  schema: string,
  run: { readonly command: string; readonly version: string },
): Promise<Run> {
  await markAbandoned(pool, schema);
  const client = await connectBeside(pool);
  try {
    const id = await throughDoor(addressOf(pool), () => startRun(client, schema, run));
    return {
      id,
      finish: (status, error) => finishRun(pool, schema, { id, status, error, client }),
    };
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function startRun(
  client: Client,
  schema: string,
  run: { readonly command: string; readonly version: string },
): Promise<number> {
  await noticeDeath(client);
  await client.query('begin');
  const { sql: text, bindings } = native(
    sql('sync_runs')
      .withSchema(schema)
      .insert({ ...run, status: 'running' })
      .returning('run_id'),
  );
  const { rows } = await client.query<{ run_id: string }>(text, [...bindings]);
  const id = Number(rows[0]?.run_id);
  // Locked before anybody can see it: a run without a lock counts as abandoned.
  if (!(await tryLock(client, runLock(schema, id)))) {
    throw new InvariantError(`run ${id} is locked before it began`);
  }
  await client.query('commit');
  return id;
}

interface Finish {
  readonly id: number;
  readonly status: RunStatus;
  readonly error: string | null;
  readonly client: Client;
}

async function finishRun(
  pool: Pool,
  schema: string,
  { id, status, error, client }: Finish,
): Promise<void> {
  try {
    const run = sql('sync_runs').withSchema(schema).where({ run_id: id });
    await execute(pool, run.update({ status, error, finished_at: sql.raw('now()') }));
  } finally {
    await client.end();
  }
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
