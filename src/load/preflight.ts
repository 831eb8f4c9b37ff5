// What must be right with the warehouse before a run: version, schema, rights. Writes nothing.

import type { ClientBase, Pool } from 'pg';
import { type LarkhouseError, SchemaError, WarehouseError } from '../errors.ts';
import type { Stream } from '../stream.ts';
import type { Address } from './failure.ts';
import { ident, qualified } from './identifier.ts';
import { addressOf, inTransaction } from './pool.ts';
import { emptiedBy } from './rights.ts';

const oldestMajor = 14;

/** Throws the first thing that is wrong: WarehouseError or SchemaError. */
export async function preflight(
  pool: Pool,
  schema: string,
  streams: readonly Stream[],
): Promise<void> {
  const [first] = await examine(pool, schema, streams);
  if (first !== undefined) throw first;
}

/** Everything that is wrong for these streams, each with what to do. Throws WarehouseError when nothing can be asked. */
export function examine(
  pool: Pool,
  schema: string,
  streams: readonly Stream[],
): Promise<readonly LarkhouseError[]> {
  const address = addressOf(pool);
  return inTransaction(pool, async (client) => {
    await requireVersion(client);
    return [
      ...(await temporaryRight(client, address)),
      ...(await schemaRight(client, schema, address)),
      ...(await tableRights(client, schema, { address, emptied: emptiedBy(streams) })),
    ];
  });
}

/** Throws WarehouseError when Postgres is too old. */
export async function requireVersion(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ number: number; text: string }>(
    "select current_setting('server_version_num')::integer as number, current_setting('server_version') as text",
  );
  const { number = 0, text = 'unknown' } = rows[0] ?? {};
  if (number >= oldestMajor * 10_000) return;
  throw new WarehouseError(
    `the warehouse is Postgres ${text}, and at least ${oldestMajor} is needed`,
    {
      hint: `upgrade it to Postgres ${oldestMajor} or newer`,
    },
  );
}

async function temporaryRight(
  client: ClientBase,
  { user, database }: Address,
): Promise<LarkhouseError[]> {
  if (await mayInDatabase(client, 'TEMPORARY')) return [];
  return [
    new WarehouseError(`the role ${user} may not create temporary tables in ${database}`, {
      hint: `run: grant temporary on database ${ident(database)} to ${ident(user)}`,
    }),
  ];
}

async function schemaRight(
  client: ClientBase,
  schema: string,
  { user, database }: Address,
): Promise<LarkhouseError[]> {
  const { rows } = await client.query<{ may: boolean }>(
    "select has_schema_privilege(oid, 'USAGE') as may from pg_namespace where nspname = $1",
    [schema],
  );
  if (rows[0] === undefined) {
    const missing = `the database ${database} has no schema ${schema}`;
    if (await mayInDatabase(client, 'CREATE')) {
      return [new SchemaError(missing, { hint: 'run larkhouse migrate up' })];
    }
    return [
      new WarehouseError(`${missing}, and the role ${user} may not create it`, {
        hint: `run: grant create on database ${ident(database)} to ${ident(user)}`,
      }),
    ];
  }
  if (rows[0].may) return [];
  return [
    new WarehouseError(`the role ${user} may not use the schema ${schema}`, {
      hint: `run: grant usage on schema ${ident(schema)} to ${ident(user)}`,
    }),
  ];
}

async function mayInDatabase(client: ClientBase, right: string): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    'select has_database_privilege(current_database(), $1) as may',
    [right],
  );
  return rows[0]?.may === true;
}

interface Asked {
  readonly address: Address;
  /** Tables that rows are deleted from. */
  readonly emptied: readonly string[];
}

async function tableRights(
  client: ClientBase,
  schema: string,
  { address: { user }, emptied }: Asked,
): Promise<LarkhouseError[]> {
  const { rows } = await client.query<{ name: string; missing: string[] }>(
    `select c.relname as name, array_agg(r order by r) as missing
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
cross join unnest($2::text[]) r
where n.nspname = $1 and c.relkind in ('r', 'p') and c.relname not like 'schema\\_migrations%'
  and (r <> 'DELETE' or c.relname = any($3)) and not has_table_privilege(c.oid, r)
group by c.relname order by c.relname`,
    [schema, ['SELECT', 'INSERT', 'UPDATE', 'DELETE'], emptied],
  );
  return rows.map(({ name, missing }) => {
    const list = missing.join(', ').toLowerCase();
    return new WarehouseError(`the role ${user} may not ${list} in ${schema}.${name}`, {
      hint: `run: grant ${list} on table ${qualified(schema, name)} to ${ident(user)}`,
    });
  });
}
