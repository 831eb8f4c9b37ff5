// Locks that live as long as a connection: one writer a source, and a sign that a run is alive.

import type { Client, Pool } from 'pg';
import { throughDoor } from './failure.ts';
import { addressOf, connectBeside } from './pool.ts';

export interface Lease {
  release(): Promise<void>;
}

/** The right to write a source; undefined while somebody else has it. Throws WarehouseError. */
export async function acquireLease(
  pool: Pool,
  schema: string,
  source: string,
): Promise<Lease | undefined> {
  const client = await connectBeside(pool);
  let isOurs = false;
  try {
    await throughDoor(addressOf(pool), async () => {
      await noticeDeath(client);
      isOurs = await tryLock(client, sourceLock(schema, source));
    });
  } finally {
    if (!isOurs) await client.end();
  }
  return isOurs ? { release: () => client.end() } : undefined;
}

/** Has Postgres notice within a minute that the other end is gone without a word. */
export async function noticeDeath(client: Client): Promise<void> {
  await client.query(
    'set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3',
  );
}

/** Takes a lock until the connection ends; false when somebody else has it. */
export async function tryLock(client: Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ ours: boolean }>(
    'select pg_try_advisory_lock(hashtextextended($1, 0)) as ours',
    [name],
  );
  return rows[0]?.ours === true;
}

function sourceLock(schema: string, source: string): string {
  return `larkhouse:${schema}:${source}`;
}

/** What a live run holds. */
export function runLock(schema: string, runId: number): string {
  return `larkhouse:run:${schema}:${runId}`;
}
