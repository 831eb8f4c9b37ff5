// How transactions begin and are taken back. Every statement runs in one, which says how long it may take:
// limits of a session would not do, since a pooler gives each transaction another connection.

import type { PoolClient } from 'pg';

const secondMs = 1000;
const minuteMs = 60 * secondMs;

/** For the rest of a transaction. */
export const limits: string = [
  `set local statement_timeout = ${30 * minuteMs}`,
  `set local lock_timeout = ${minuteMs}`,
  `set local idle_in_transaction_session_timeout = ${5 * minuteMs}`,
  // A statement of a process that is gone ends soon, and with it its locks. On Windows Postgres cannot tell.
  `select set_config('client_connection_check_interval', '${5 * secondMs}', true)
where version() !~* 'windows|mingw|msvc|visual c'`,
].join(';\n');

export const begin: string = `begin;\n${limits}`;

/**
 * Begins a transaction that only holds locks, and which Postgres ends when it is silent for so many ms.
 * It keeps no snapshot and has no id, so that it is in nobody's way.
 */
export function beginHolding(silenceMs: number): string {
  return `begin isolation level read committed;
set local statement_timeout = 0;
set local idle_in_transaction_session_timeout = ${silenceMs};
select set_config('transaction_timeout', '0', true)
where current_setting('transaction_timeout', true) is not null`;
}

/** Takes a transaction back and gives its connection back, or away when it is of no more use. */
export async function undo(client: PoolClient): Promise<void> {
  await client.query('rollback').then(
    () => client.release(),
    () => client.release(true),
  );
}
