// Finds the records that Postgres refuses, so that all others are loaded.

import type { ClientBase } from 'pg';
import { typesOf, valuesOf } from '../../row.ts';
import type { Records, Reject } from '../../stream.ts';
import { faultOf } from '../failure.ts';
import type { Layouts } from './layout.ts';
import { dropStage } from './merge.ts';
import { added, nothing, type Tally } from './tally.ts';

export interface Loaded {
  readonly tally: Tally;
  readonly rejects: readonly Reject[];
}

export type Load = (records: Records) => Promise<Tally>;

/** Loads the records, halving them until each that Postgres refuses is alone: those are rejects. */
export async function loadAround(
  client: ClientBase,
  layouts: Layouts,
  load: Load,
  records: Records,
): Promise<Loaded> {
  try {
    return { tally: await undone(client, () => load(records)), rejects: [] };
  } catch (error) {
    if (!isPoison(error)) throw error;
    if (records.length === 1)
      return { tally: nothing, rejects: [rejectOf(layouts, records, error)] };
  }
  const middle = Math.ceil(records.length / 2);
  const first = await loadAround(client, layouts, load, records.part(0, middle));
  await client.query(layouts.map(dropStage).join('; '));
  const rest = await loadAround(client, layouts, load, records.part(middle, records.length));
  return {
    tally: added(first.tally, rest.tally),
    rejects: [...first.rejects, ...rest.rejects],
  };
}

/** The work's result; when it throws, the transaction is as it was before. */
export async function undone<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('savepoint part');
  try {
    const result = await work();
    await client.query('release savepoint part');
    return result;
  } catch (error) {
    // After a lost connection there is nothing to go back to.
    await client.query('rollback to savepoint part; release savepoint part').catch(() => undefined);
    throw error;
  }
}

/** A value that is missing, that a check refuses, or that is too long for an index. */
const poisonous = new Set(['23502', '23514', '54000']);

/** Whether Postgres refuses a value, and not the statement, the role or the moment. */
export function isPoison(error: unknown): boolean {
  const { code } = faultOf(error);
  return code.startsWith('22') || poisonous.has(code);
}

/** The only record, rejected. */
function rejectOf(layouts: Layouts, only: Records, error: unknown): Reject {
  const tables = layouts.map(({ table, names }, index) => [
    table.name,
    Array.from(only.rows(index), (row) => {
      const values = valuesOf(typesOf(table), row);
      return Object.fromEntries(names.map((name, place) => [name, values[place] ?? null]));
    }),
  ]);
  const { code } = faultOf(error);
  return {
    key: only.keys()[0] ?? '',
    payload: JSON.stringify(Object.fromEntries(tables)),
    reason: `Postgres refuses a value${placeOf(error)}`,
    sqlstate: code,
  };
}

/** The table and column, which Postgres tells apart from the value that it quotes. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const column = 'column' in error && typeof error.column === 'string' ? error.column : undefined;
  const where = 'where' in error && typeof error.where === 'string' ? error.where : '';
  const copied = /^COPY (?:staged_)?(\S+?), line \d+(?:, column (.+))?$/m.exec(where);
  if (copied !== null) return ` of ${copied[1]}${copied[2] === undefined ? '' : `.${copied[2]}`}`;
  return column === undefined ? '' : ` of ${column}`;
}
