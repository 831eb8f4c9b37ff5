// What must be right with the warehouse before a run: version, schema, rights. Writes nothing.

import type { ClientBase, Pool } from 'pg';
import { type LarkhouseError, SchemaError, WarehouseError } from '../errors.ts';
import { type Address, throughDoor } from './failure.ts';
import { ident, qualified } from './identifier.ts';
import { addressOf } from './pool.ts';

const oldestMajor = 14;
const rights = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;

/** Throws the first thing that is wrong: WarehouseError or SchemaError. */
export async function preflight(pool: Pool, schema: string): Promise<void> {
  const [first] = await examine(pool, schema);
  if (first !== undefined) throw first;
}

/** Everything that is wrong, each with what to do. Throws WarehouseError when nothing can be asked. */
export function examine(pool: Pool, schema: string): Promise<readonly LarkhouseError[]> {
  const address = addressOf(pool);
  return throughDoor(address, async () => {
    const client = await pool.connect();
    try {
      await requireVersion(client);
      return [
        ...(await temporaryRight(client, address)),
        ...(await schemaRight(client, schema, address)),
        ...(await tableRights(client, schema, address)),
      ];
    } finally {
      client.release();
    }
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
  const { rows } = await client.query<{ may: boolean }>(
    "select has_database_privilege(current_database(), 'TEMPORARY') as may",
  );
  if (rows[0]?.may === true) return [];
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
    return [
      new SchemaError(`the database ${database} has no schema ${schema}`, {
        hint: 'run larkhouse migrate up',
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

async function tableRights(
  client: ClientBase,
  schema: string,
  { user }: Address,
): Promise<LarkhouseError[]> {
  const { rows } = await client.query<{ name: string; missing: string[] }>(
    `select c.relname as name, array_agg(r order by r) as missing
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
cross join unnest($2::text[]) r
where n.nspname = $1 and c.relkind in ('r', 'p') and c.relname not like 'schema\\_migrations%'
  and not has_table_privilege(c.oid, r)
group by c.relname order by c.relname`,
    [schema, [...rights]],
  );
  return rows.map(({ name, missing }) => {
    const list = missing.join(', ').toLowerCase();
    return new WarehouseError(`the role ${user} may not ${list} in ${schema}.${name}`, {
      hint: `run: grant ${list} on table ${qualified(schema, name)} to ${ident(user)}`,
    });
  });
}
