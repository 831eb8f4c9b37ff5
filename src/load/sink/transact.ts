// Transactions: repeated after conflicts, replayed on a new connection after a lost one, and
// never done twice when the answer to COMMIT was lost.

import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { InterruptedError, InvariantError } from '../../errors.ts';
import { faultOf, isBroken } from '../failure.ts';
import { begin, undo } from '../transaction.ts';

const conflictAttempts = 5;
/** About half a minute in all, which a restart of Postgres fits in. */
const connectionAttempts = 8;
const tooManyConnections = '53300';
const idOfTheFuture = '22023';
/** A lock that was not had in time, a deadlock, a change by somebody else at the same time. */
const conflicts = ['55P03', '40P01', '40001'];

/**
 * For the whole transaction. Nothing is known of rows that were just staged, and little of tables that just grew:
 * joins by loops would compare each row with each, tables would be read whole for a few rows of theirs, and
 * compiling would cost more than running.
 */
const planSafely = `set local enable_nestloop = off;
set local enable_seqscan = off;
set local jit = off`;

/** How every transaction of a sink begins; gives its id. */
export const beginWriting: string = `${begin};\n${planSafely};\nselect pg_current_xact_id()::text as id`;

/** The work in a transaction. It may be called again after its transaction was rolled back. */
export type Transact = <T>(work: (client: PoolClient) => Promise<T>, trace?: Trace) => Promise<T>;

/**
 * A condition that holds once the transaction whose id is `$1` is committed; its values follow. After a crash Postgres
 * gives out again the ids of transactions of which nothing had reached the disk, so that an id alone proves nothing.
 */
export interface Trace {
  readonly text: string;
  readonly values: readonly string[];
}

/** Of work that leaves nothing to be known by and may be done twice: it is. */
const none: Trace = { text: 'false', values: [] };
/** Of work that may not be done twice and leaves nothing. It is not done at all where a crash gave its id to another. */
export const byId: Trace = { text: 'true', values: [] };

/**
 * Transactions on connections of the pool's. When `cut` aborts, what is under way is cut off, and whoever
 * waits for it gets InterruptedError.
 */
export function transactions(pool: Pool, cut: AbortSignal): Transact {
  return async (work, trace = none) => {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await once(pool, cut, work, trace);
      if ('result' in outcome) return outcome.result;
      if (cut.aborted) throw cutOff(outcome.error);
      const wait = waitBefore(attempt + 1, outcome.error);
      if (wait === undefined) throw outcome.error;
      await rest(wait * (0.5 + Math.random()), cut);
    }
  };
}

/** About so many ms until the work is tried again; undefined when it shall not be. */
function waitBefore(attempt: number, error: unknown): number | undefined {
  const { code } = faultOf(error);
  if (isBroken(error) || code === tooManyConnections) {
    return attempt > connectionAttempts ? undefined : 125 * 2 ** (attempt - 1);
  }
  return conflicts.includes(code) && attempt <= conflictAttempts
    ? 25 * 2 ** (attempt - 1)
    : undefined;
}

type Outcome<T> = { readonly result: T } | { readonly error: unknown };

async function once<T>(
  pool: Pool,
  cut: AbortSignal,
  work: (client: PoolClient) => Promise<T>,
  trace: Trace,
): Promise<Outcome<T>> {
  let client: PoolClient | undefined;
  let transaction = '';
  let done: { readonly result: T } | undefined;
  const hangUp = (): unknown => client?.connection.stream.destroy();
  cut.addEventListener('abort', hangUp);
  try {
    cut.throwIfAborted();
    client = await pool.connect();
    cut.throwIfAborted();
    transaction = await begun(client);
    done = { result: await work(client) };
    await client.query('commit');
    client.release();
    return done;
  } catch (error) {
    if (client !== undefined) await undo(client);
    if (done === undefined || !isBroken(error)) return { error };
    return (await isCommitted(pool, cut, transaction, trace)) ? done : { error };
  } finally {
    cut.removeEventListener('abort', hangUp);
  }
}

interface Told {
  readonly rows: readonly { readonly id: string }[];
}

/** Gives the transaction's id, which has to be known before COMMIT is sent. */
async function begun(client: PoolClient): Promise<string> {
  const [row] = lastOf(await client.query<{ id: string }>(beginWriting)).rows;
  if (row === undefined) throw new InvariantError('Postgres began a transaction without an id');
  return row.id;
}

/** Of several statements at once there are several results, which the types do not tell. */
function lastOf(results: Told | readonly Told[]): Told {
  return 'rows' in results ? results : (results.at(-1) ?? { rows: [] });
}

/** Whether a transaction whose COMMIT had no answer took place. */
async function isCommitted(
  pool: Pool,
  cut: AbortSignal,
  transaction: string,
  { text, values }: Trace,
): Promise<boolean> {
  for (let attempt = 1; attempt <= connectionAttempts && !cut.aborted; attempt += 1) {
    await rest(250 * 2 ** (attempt - 1), cut);
    try {
      const { rows } = await pool.query<{ status: string | null; left: boolean }>(
        `select pg_xact_status($1::xid8) as status, ${text} as left`,
        [transaction, ...values],
      );
      const [{ status, left } = { status: null, left: false }] = rows;
      if (status !== 'in progress') return status === 'committed' && left;
    } catch (error) {
      // After a crash, of an id that was not given out again yet.
      if (faultOf(error).code === idOfTheFuture) return false;
      if (!isBroken(error)) throw error;
    }
  }
  return false;
}

async function rest(ms: number, cut: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal: cut }).catch(() => undefined);
}

function cutOff(cause: unknown): InterruptedError {
  return new InterruptedError('the batch under way was given up, since the run had to end', {
    cause,
    hint: 'nothing: the next run goes on from the last committed cursor',
  });
}
