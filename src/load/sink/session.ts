// A writer's connection and its transactions: repeated after conflicts, replayed on a new connection
// after a lost one, and never done twice when the answer to COMMIT was lost.

import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { TransientError } from '../../errors.ts';
import { faultOf, isBroken } from '../failure.ts';

const conflictAttempts = 5;
/** About half a minute in all, which a restart of Postgres fits in. */
const connectionAttempts = 8;

export class Session {
  readonly #pool: Pool;
  readonly #prepare: (client: PoolClient) => Promise<void>;
  #client: PoolClient | undefined;
  /** Whether what is to be remembered is of the present transaction, or committed. */
  #memory: 'none' | 'uncommitted' | 'committed' = 'none';
  #forgot = false;

  /** `prepare` makes ready each new connection. */
  constructor(pool: Pool, prepare: (client: PoolClient) => Promise<void>) {
    this.#pool = pool;
    this.#prepare = prepare;
  }

  /**
   * Said within a transaction: with it the connection holds what a new one would lack, so that losing
   * it later fails the session.
   */
  remember(): void {
    if (this.#memory === 'none') this.#memory = 'uncommitted';
  }

  /**
   * The work in a transaction. It may be called again after its transaction was rolled back.
   * Throws TransientError when the connection was lost together with what it remembered.
   */
  async transact<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#attempt(work);
      if ('result' in outcome) return outcome.result;
      const limit = isBroken(outcome.error) ? connectionAttempts : conflictAttempts;
      if (!mayPass(outcome.error) || attempt >= limit) throw outcome.error;
      await pause(
        (isBroken(outcome.error) ? 250 : 50) * 2 ** (attempt - 1) * (0.5 + Math.random()),
      );
    }
  }

  /** Gives the connection back. */
  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    client?.release();
  }

  async #attempt<T>(work: (client: PoolClient) => Promise<T>): Promise<Outcome<T>> {
    let done: { readonly result: T; readonly transaction: string } | undefined;
    try {
      const client = await this.#connected();
      await client.query('begin');
      const result = await work(client);
      done = { result, transaction: await transactionOf(client) };
      await client.query('commit');
      this.#settle(true);
      return done;
    } catch (error) {
      if (!isBroken(error)) await this.#rollback();
      else this.#discard();
      const committed =
        done !== undefined && isBroken(error) && (await this.#committed(done.transaction));
      this.#settle(committed);
      return committed && done !== undefined ? done : { error };
    }
  }

  async #connected(): Promise<PoolClient> {
    if (this.#forgot) {
      throw new TransientError(
        'the connection to the warehouse was lost while a complete reading was under way',
        { hint: 'nothing: the partition is read again' },
      );
    }
    if (this.#client === undefined) {
      const client = await this.#pool.connect();
      this.#client = client;
      await this.#prepare(client);
    }
    return this.#client;
  }

  /** Whether a transaction whose COMMIT had no answer took place. */
  async #committed(transaction: string): Promise<boolean> {
    for (let attempt = 1; attempt <= connectionAttempts; attempt += 1) {
      await pause(250 * 2 ** (attempt - 1));
      try {
        const { rows } = await this.#pool.query<{ status: string | null }>(
          'select pg_xact_status($1::xid8) as status',
          [transaction],
        );
        if (rows[0]?.status !== 'in progress') return rows[0]?.status === 'committed';
      } catch (error) {
        if (!isBroken(error)) throw error;
      }
    }
    return false;
  }

  async #rollback(): Promise<void> {
    try {
      await this.#client?.query('rollback');
    } catch {
      this.#discard();
    }
  }

  #discard(): void {
    this.#client?.release(true);
    this.#client = undefined;
  }

  /** What was to be remembered is kept with its transaction, or goes with it. */
  #settle(committed: boolean): void {
    if (this.#memory === 'uncommitted') this.#memory = committed ? 'committed' : 'none';
    this.#forgot = this.#memory === 'committed' && this.#client === undefined;
  }
}

type Outcome<T> = { readonly result: T } | { readonly error: unknown };

async function transactionOf(client: PoolClient): Promise<string> {
  const { rows } = await client.query<{ id: string }>('select pg_current_xact_id()::text as id');
  return rows[0]?.id ?? '';
}

/** Whether the same transaction may succeed when it is repeated. */
function mayPass(error: unknown): boolean {
  return isBroken(error) || ['40001', '40P01', '55P03'].includes(faultOf(error).code);
}
