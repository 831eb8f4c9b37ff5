// Forgets how far streams have been read, and their rows where that is asked for.

import type { Pool, PoolClient } from 'pg';
import type { Stream } from '../stream.ts';
import { qualified } from './identifier.ts';
import { inTransaction } from './pool.ts';

/** Which streams of a source are to be forgotten. */
export interface Oblivion {
  readonly source: string;
  readonly streams: readonly Stream[];
  /** What Lark gave goes, too. */
  readonly purge: boolean;
}

/** Rows of a table that would go, or went. */
export interface Forgotten {
  readonly table: string;
  readonly rows: number;
}

/** How many rows would go. Throws WarehouseError and SchemaError. */
export function forgettable(
  pool: Pool,
  schema: string,
  oblivion: Oblivion,
): Promise<readonly Forgotten[]> {
  return inTransaction(pool, (client) =>
    inEachTable(client, schema, oblivion, 'select count(*)::float8 as rows from'),
  );
}

/** Lets them go, all in one transaction; in the order in which they are given. Throws as above. */
export function forget(
  pool: Pool,
  schema: string,
  oblivions: readonly Oblivion[],
): Promise<readonly (readonly Forgotten[])[]> {
  return inTransaction(pool, async (client) => {
    const gone: (readonly Forgotten[])[] = [];
    for (const oblivion of oblivions) {
      gone.push(await inEachTable(client, schema, oblivion, 'delete from'));
    }
    return gone;
  });
}

/** What is out of sight stays so while its rows stay: otherwise the next sweep would take it for deleted. */
const control = { always: ['sync_cursors', 'sync_held_deletions'], purged: ['sync_out_of_sight'] };

async function inEachTable(
  client: PoolClient,
  schema: string,
  { source, streams, purge }: Oblivion,
  what: string,
): Promise<readonly Forgotten[]> {
  const names = streams.map(({ name }) => name);
  const own = streams
    .flatMap(({ tables }) => [...tables])
    .filter(({ bookkeeping }) => purge || bookkeeping === true);
  const found: Forgotten[] = [];
  for (const table of [...control.always, ...(purge ? control.purged : [])]) {
    const text = `${what} ${qualified(schema, table)} where source = $1 and stream = any($2)`;
    found.push({ table, rows: rowsOf(await client.query<Counted>(text, [source, names])) });
  }
  for (const { name: table } of own) {
    const text = `${what} ${qualified(schema, table)} where source = $1`;
    found.push({ table, rows: rowsOf(await client.query<Counted>(text, [source])) });
  }
  return found;
}

interface Counted {
  readonly rows: number;
}

/** Of a count what it counted, of a deletion what it deleted. */
function rowsOf(result: {
  readonly rows: readonly Counted[];
  readonly rowCount: number | null;
}): number {
  return result.rows[0]?.rows ?? result.rowCount ?? 0;
}
