// Moments of a run as the wire to Postgres sees them.

import type { Message } from './wire.ts';

export type Moment = (message: Message) => boolean;

/** The client sends a statement that matches, prepared or not. */
export function statement(pattern: RegExp): Moment {
  return ({ from, kind, text }) =>
    from === 'client' && (kind === 'Query' || kind === 'Parse') && pattern.test(text);
}

/** A transaction is about to be committed, or is committed and Postgres says so. */
export const commits: Moment = statement(/^commit/i);
export const committed: Moment = (message) => isAnswer(message) && message.text === 'COMMIT';

/** A COPY into the table or its stage begins. */
export function copyBegins(table: string): Moment {
  return statement(copyInto(table));
}

/** The nth piece of such a COPY is sent. */
export function copyPiece(table: string, nth = 1): Moment {
  return (message) =>
    message.kind === 'CopyData' && message.nth === nth && isUnderWay(message, copyInto(table));
}

/** The last piece was sent, and the end of the COPY is told. */
export function copyEnds(table: string): Moment {
  return (message) => message.kind === 'CopyDone' && isUnderWay(message, copyInto(table));
}

/** The staged rows are about to be merged into the table. */
export function mergeBegins(table: string): Moment {
  return statement(mergeInto(table));
}

/** They are merged, and Postgres says so. */
export function mergeEnds(table: string): Moment {
  return (message) => isAnswer(message) && isUnderWay(message, mergeInto(table));
}

/** Rows that no longer belong to their owners are about to be taken away. */
export function ownedGo(table: string): Moment {
  return statement(new RegExp(`^(?:delete from|update) "lark"\\."${table}" t`));
}

/** Rows that a complete reading did not give are about to be marked as deleted. */
export function sweepBegins(table: string): Moment {
  return statement(sweepOf(table));
}

export function sweepEnds(table: string): Moment {
  return (message) => isAnswer(message) && isUnderWay(message, sweepOf(table));
}

/** The cursor is about to move in a transaction that writes the table. */
export function cursorMoves(table: string): Moment {
  const moves = statement(/^update "lark"\."sync_cursors"/);
  return (message) => moves(message) && writes(message, table);
}

/** A transaction that writes the table is about to be committed. */
export function commitBegins(table: string): Moment {
  return (message) => commits(message) && writes(message, table);
}

/** It is committed, and Postgres says so. */
export function commitEnds(table: string): Moment {
  return (message) => committed(message) && writes(message, table);
}

/** The nth time that the other moment comes. */
export function nthTime(nth: number, moment: Moment): Moment {
  let times = 0;
  return (message) => {
    if (moment(message)) times += 1;
    return times === nth && moment(message);
  };
}

function copyInto(table: string): RegExp {
  return new RegExp(`^copy (?:pg_temp\\."staged_|"lark"\\.")${table}"`);
}

function mergeInto(table: string): RegExp {
  return new RegExp(`^insert into "lark"\\."${table}"`);
}

function sweepOf(table: string): RegExp {
  return new RegExp(`^with swept_0 as \\(\\s*update "lark"\\."${table}"`);
}

function isAnswer({ from, kind }: Message): boolean {
  return from === 'server' && kind === 'CommandComplete';
}

function isUnderWay({ transaction }: Message, pattern: RegExp): boolean {
  return pattern.test(transaction.at(-1) ?? '');
}

function writes({ transaction }: Message, table: string): boolean {
  const patterns = [copyInto(table), mergeInto(table), sweepOf(table)];
  return transaction.some((sql) => patterns.some((pattern) => pattern.test(sql)));
}
