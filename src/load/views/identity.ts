// Names follow those that people give in Lark, so views and columns are known by what stays: an identity at
// the end of their comments. Renaming one in place keeps whatever others built on it.

import type { ClientBase, Pool } from 'pg';
import { WarehouseError } from '../../errors.ts';
import { actFor, ownerToActFor } from '../acting.ts';
import { ident, qualified } from '../identifier.ts';
import { inTransaction } from '../pool.ts';
import { presentAt } from './present.ts';
import type { View } from './view.ts';

function markOf(identity: string): string {
  return ` [${identity}]`;
}

/** The view with its identities in its comments. */
export function marked(view: View): View {
  const withMark = <T extends { readonly comment: string; readonly identity?: string }>(
    one: T,
  ): T =>
    one.identity === undefined ? one : { ...one, comment: one.comment + markOf(one.identity) };
  return { ...withMark(view), columns: view.columns.map(withMark) };
}

/** Gives the view of this identity, and its columns, the names that they have now. */
export async function followRenames(client: ClientBase, schema: string, view: View): Promise<void> {
  if (view.identity === undefined) return;
  const found = (await identified(client, schema)).get(view.identity);
  if (found === undefined) return;
  if (found !== view.name) {
    await makeRoom(client, schema, view.name);
    await client.query(`alter view ${qualified(schema, found)} rename to ${ident(view.name)}`);
  }
  await renameColumns(client, qualified(schema, view.name), view);
}

/** Another view that has the name and will have another soon steps aside. */
async function makeRoom(client: ClientBase, schema: string, name: string): Promise<void> {
  const others = [...(await identified(client, schema)).values()];
  if (!others.includes(name)) return;
  const aside = `larkhouse_moving_${others.indexOf(name)}`;
  await client.query(`alter view ${qualified(schema, name)} rename to ${ident(aside)}`);
}

async function renameColumns(client: ClientBase, target: string, view: View): Promise<void> {
  const present = await presentAt(client, target);
  const renamed = [...(present?.columns ?? [])].flatMap(([name, comment]) => {
    const now = view.columns.find(
      ({ identity }) => identity !== undefined && comment?.endsWith(markOf(identity)),
    );
    return now === undefined || now.name === name ? [] : [{ from: name, to: now.name }];
  });
  const rename = (from: string, to: string): Promise<unknown> =>
    client.query(`alter view ${target} rename column ${ident(from)} to ${ident(to)}`);
  // Two may have changed names with each other.
  for (const [at, { from }] of renamed.entries()) await rename(from, `larkhouse_moving_${at}`);
  for (const [at, { to }] of renamed.entries()) await rename(`larkhouse_moving_${at}`, to);
}

/** Names of views by their identity. */
async function identified(
  client: Pick<ClientBase, 'query'>,
  schema: string,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ name: string; identity: string }>(
    `select name, substring(comment from '\\[([^][]+)\\]$') as identity from (
  select c.relname as name, obj_description(c.oid, 'pg_class') as comment from pg_class c
  where c.relnamespace = (select oid from pg_namespace where nspname = $1) and c.relkind = 'v'
) v where comment ~ '\\[[^][]+/[^][]+\\]$'`,
    [schema],
  );
  return new Map(rows.map(({ name, identity }) => [identity, name]));
}

export interface Dropped {
  readonly view: string;
  readonly status: 'dropped' | 'kept';
  readonly reason?: string;
}

const othersDepend = '2BP01';

/** Takes away the views whose tables or forms are gone, unless others built on them. Throws WarehouseError. */
export async function dropStale(
  pool: Pool,
  schema: string,
  views: readonly View[],
): Promise<readonly Dropped[]> {
  const wanted = new Set(views.map(({ identity }) => identity));
  const present = await inTransaction(pool, (client) => identified(client, schema));
  const dropped: Dropped[] = [];
  for (const [identity, view] of present) {
    if (wanted.has(identity)) continue;
    dropped.push({ view, ...(await drop(pool, schema, view)) });
  }
  return dropped;
}

async function drop(pool: Pool, schema: string, view: string): Promise<Omit<Dropped, 'view'>> {
  try {
    await inTransaction(pool, async (client) => {
      const owner = await ownerToActFor(client, schema);
      if (owner !== undefined) await client.query(actFor(owner));
      await client.query(`drop view ${qualified(schema, view)}`);
    });
    return { status: 'dropped' };
  } catch (error) {
    const isHeld = error instanceof WarehouseError && error.circumstances.sqlstate === othersDepend;
    if (!isHeld) throw error;
    return { status: 'kept', reason: 'what it shows is gone from Lark, and others depend on it' };
  }
}
