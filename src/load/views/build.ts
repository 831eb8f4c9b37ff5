// Makes views, or brings them up to date. What others built on a view stays: it is replaced in place where
// Postgres lets it be, taken away and made anew only while nothing depends on it, and not touched when it
// is already right.

import type { Pool, PoolClient } from 'pg';
import { actFor, ownerToActFor } from '../acting.ts';
import { faultOf } from '../failure.ts';
import { ident, literal, qualified } from '../identifier.ts';
import { inTransaction } from '../pool.ts';
import { undone } from '../sink/poison.ts';
import { followRenames, marked } from './identity.ts';
import { grantsOn, isDefinedAs, type Present, presentAt } from './present.ts';
import type { View, ViewColumn } from './view.ts';

export interface Built {
  readonly view: string;
  readonly status: 'created' | 'changed' | 'unchanged' | 'kept';
  /** Why it was kept as it was, although it is not what it should be. */
  readonly reason?: string;
}

/** Each in a transaction of its own, as the owner of the schema where that may be. Throws WarehouseError. */
export async function buildViews(
  pool: Pool,
  schema: string,
  views: readonly View[],
): Promise<readonly Built[]> {
  await ensureSchema(pool, schema);
  const built: Built[] = [];
  for (const view of views) {
    const outcome = await inTransaction(pool, async (client) => {
      const owner = await ownerToActFor(client, schema);
      if (owner !== undefined) await client.query(actFor(owner));
      await followRenames(client, schema, view);
      return build(client, qualified(schema, view.name), marked(view));
    });
    built.push({ view: view.name, ...outcome });
  }
  return built;
}

/** Creates the schema of the views where there is none. Throws WarehouseError. */
export function ensureSchema(pool: Pool, schema: string): Promise<void> {
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query('select from pg_namespace where nspname = $1', [
      schema,
    ]);
    if (rowCount === 0) await client.query(`create schema ${ident(schema)}`);
  });
}

type Outcome = Omit<Built, 'view'>;

async function build(client: PoolClient, target: string, view: View): Promise<Outcome> {
  const present = await presentAt(client, target);
  if (present?.isView === false) {
    return { status: 'kept', reason: 'something else has this name: move it to another schema' };
  }
  const columns = arranged(view.columns, present);
  const query = `select ${columns.map(({ name, value }) => `${value} as ${ident(name)}`).join(', ')}\nfrom ${view.from}`;
  const isRight = present?.isBarrier === true && (await isDefinedAs(client, target, query));
  if (!isRight) {
    const reason = await define(client, target, query);
    if (reason !== undefined) return { status: 'kept', reason };
  }
  const comments = commentsFor(target, view, isRight ? present : undefined);
  if (comments.length > 0) await client.query(comments.join(';\n'));
  if (present === undefined) return { status: 'created' };
  return { status: isRight && comments.length === 0 ? 'unchanged' : 'changed' };
}

/** Columns that are there keep their places, and new ones follow: so a view can be replaced in place. */
function arranged(
  columns: readonly ViewColumn[],
  present: Present | undefined,
): readonly ViewColumn[] {
  const places = [...(present?.columns.keys() ?? [])];
  const placeOf = ({ name }: ViewColumn): number => {
    const place = places.indexOf(name);
    return place < 0 ? places.length : place;
  };
  return columns.toSorted((one, other) => placeOf(one) - placeOf(other));
}

const columnsDiffer = '42P16';
const othersDepend = '2BP01';

/** Gives the reason when the view has to stay as it is. */
async function define(
  client: PoolClient,
  target: string,
  query: string,
): Promise<string | undefined> {
  const create = `view ${target} with (security_barrier = true) as ${query}`;
  try {
    await undone(client, () => client.query(`create or replace ${create}`));
    return undefined;
  } catch (error) {
    if (faultOf(error).code !== columnsDiffer) throw error;
  }
  try {
    await undone(client, async () => {
      const grants = await grantsOn(client, target);
      await client.query([`drop view ${target}`, `create ${create}`, ...grants].join(';\n'));
    });
    return undefined;
  } catch (error) {
    if (faultOf(error).code !== othersDepend) throw error;
    return `its columns changed, and others depend on it: ${dependentsIn(error)}`;
  }
}

/** Postgres names them, a line each. */
function dependentsIn(error: unknown): string {
  const isTold = error instanceof Error && 'detail' in error && typeof error.detail === 'string';
  return isTold ? String(error.detail).replaceAll('\n', ', ') : 'see pg_depend';
}

/** Those that are not there yet. */
function commentsFor(target: string, view: View, present: Present | undefined): readonly string[] {
  const onColumns = view.columns.filter(
    ({ name, comment }) => present?.columns.get(name) !== comment,
  );
  return [
    ...(present?.comment === view.comment
      ? []
      : [`comment on view ${target} is ${literal(view.comment)}`]),
    ...onColumns.map(
      ({ name, comment }) => `comment on column ${target}.${ident(name)} is ${literal(comment)}`,
    ),
  ];
}
