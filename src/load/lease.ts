// Locks that say who is at work: one writer a source, and a sign that a run is alive. They live in one open
// transaction beside the pool, which a pooler leaves on its connection, and which Postgres ends when nobody
// speaks in it for a minute: a process that is dead, frozen or cut off loses them.

import { setTimeout as pause } from 'node:timers/promises';
import type { Client, Pool } from 'pg';
import { FencedError } from '../errors.ts';
import { throughDoor } from './failure.ts';
import { addressOf, connectBeside } from './pool.ts';
import { beginHolding } from './transaction.ts';

/** In ms. */
export interface LeaseTimes {
  /** Between two signs of life. */
  readonly beat: number;
  /** How long an answer to one may take. */
  readonly answer: number;
  /** After how much silence Postgres gives the locks away. */
  readonly silence: number;
  /** How long a lost connection is replaced; longer than the silence, since it may still have the locks. */
  readonly regain: number;
}

const ordinary: LeaseTimes = { beat: 15_000, answer: 15_000, silence: 60_000, regain: 90_000 };
const regainPauseMs = 1000;

/** Begins to hold locks, none so far. Throws WarehouseError. */
export async function openLease(pool: Pool, times: LeaseTimes = ordinary): Promise<Lease> {
  return new Lease(pool, times, await hold(pool, times));
}

/** What everybody who writes a source takes first. */
export function sourceLock(schema: string, source: string): string {
  return `larkhouse:${schema}:${source}`;
}

/** What a live run holds. */
export function runLock(schema: string, runId: number | ''): string {
  return `larkhouse:run:${schema}:${runId}`;
}

export class Lease {
  readonly #pool: Pool;
  readonly #times: LeaseTimes;
  readonly #names: string[] = [];
  readonly #lost = new AbortController();
  readonly #released = new AbortController();
  #client: Client;

  constructor(pool: Pool, times: LeaseTimes, client: Client) {
    this.#pool = pool;
    this.#times = times;
    this.#client = client;
    // Its only failure is that of being released.
    this.#keep().catch(() => undefined);
  }

  /** Aborted when the locks are lost for good. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Takes a lock until the lease is released; false while somebody else has it. Throws WarehouseError. */
  async take(name: string): Promise<boolean> {
    const isOurs = await throughDoor(addressOf(this.#pool), () => tryLock(this.#client, name));
    if (isOurs) this.#names.push(name);
    return isOurs;
  }

  /** Gives all locks up. Never throws. */
  async release(): Promise<void> {
    this.#released.abort();
    const client = this.#client;
    await within(client, this.#times.answer, async () => {
      // Behind a pooler the end of a connection alone would free them a little later.
      await client.query('rollback').catch(() => undefined);
      await client.end();
    });
  }

  async #keep(): Promise<void> {
    const { beat, answer } = this.#times;
    while (!this.#lost.signal.aborted) {
      await pause(beat, undefined, { signal: this.#released.signal, ref: false });
      const client = this.#client;
      await within(client, answer, () => client.query('select 1')).catch(() => this.#regain());
    }
  }

  /** Takes the same locks on another connection; fences refuse what others have taken over meanwhile. */
  async #regain(): Promise<void> {
    const deadline = performance.now() + this.#times.regain;
    do {
      this.#released.signal.throwIfAborted();
      const client = await hold(this.#pool, this.#times).catch(() => undefined);
      if (client !== undefined && (await takesAll(client, this.#names))) {
        this.#client = client;
        if (this.#released.signal.aborted) await this.release();
        return;
      }
      client?.connection.stream.destroy();
      await pause(regainPauseMs, undefined, { signal: this.#released.signal, ref: false });
    } while (performance.now() < deadline);
    this.#lost.abort(
      new FencedError('the lease of this run is lost: its connection to the warehouse broke', {
        hint: 'run it again; it goes on from the last committed cursors',
      }),
    );
  }
}

async function hold(pool: Pool, { silence }: LeaseTimes): Promise<Client> {
  const client = await connectBeside(pool);
  await throughDoor(addressOf(pool), () => client.query(beginHolding(silence))).catch(
    (error: unknown) => {
      client.connection.stream.destroy();
      throw error;
    },
  );
  return client;
}

async function takesAll(client: Client, names: readonly string[]): Promise<boolean> {
  try {
    for (const name of names) if (!(await tryLock(client, name))) return false;
    return true;
  } catch {
    return false;
  }
}

async function tryLock(client: Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ ours: boolean }>(
    'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as ours',
    [name],
  );
  return rows[0]?.ours === true;
}

/** The work, unless it takes longer than so many ms: then its connection is cut, and it fails. */
async function within<T>(client: Client, ms: number, work: () => Promise<T>): Promise<T> {
  const timer = setTimeout(() => client.connection.stream.destroy(), ms);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}
