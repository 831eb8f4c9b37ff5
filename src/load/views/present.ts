// What stands where a view is to be: looked at before anything is done.

import type { ClientBase } from 'pg';
import { ident } from '../identifier.ts';

export interface Present {
  readonly isView: boolean;
  /** Whether conditions of a query cannot see rows that the view hides. */
  readonly isBarrier: boolean;
  readonly comment: string | null;
  /** Comments by name, in the order of the columns. */
  readonly columns: ReadonlyMap<string, string | null>;
}

/** The relation of this name, schema included and quoted; undefined when there is none. */
export async function presentAt(client: ClientBase, target: string): Promise<Present | undefined> {
  const { rows } = await client.query<
    Omit<Present, 'columns'> & { columns: [string, string | null][] }
  >(
    `select c.relkind = 'v' as "isView",
  coalesce('security_barrier=true' = any(c.reloptions), false) as "isBarrier",
  obj_description(c.oid, 'pg_class') as comment,
  (select json_agg(json_build_array(a.attname, col_description(c.oid, a.attnum)) order by a.attnum)
    from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
from pg_class c where c.oid = to_regclass($1)`,
    [target],
  );
  const [row] = rows;
  return row === undefined ? undefined : { ...row, columns: new Map(row.columns) };
}

const probe = 'larkhouse_probe';

/** Whether the view that is there means the same as this query, in the words of Postgres. */
export async function isDefinedAs(
  client: ClientBase,
  target: string,
  query: string,
): Promise<boolean> {
  await client.query(`create temp view ${ident(probe)} as ${query}`);
  const { rows } = await client.query<{ same: boolean }>(
    'select pg_get_viewdef($1::regclass) = pg_get_viewdef($2::regclass) as same',
    [`pg_temp.${ident(probe)}`, target],
  );
  await client.query(`drop view pg_temp.${ident(probe)}`);
  return rows[0]?.same === true;
}

/** Statements that give the privileges on a view again. */
export async function grantsOn(client: ClientBase, target: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ statement: string }>(
    `select format('grant %s on %s to %s%s', privilege_type, $1::text,
  case when grantee = 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end,
  case when is_grantable then ' with grant option' else '' end) as statement
from pg_class c cross join aclexplode(c.relacl)
where c.oid = $1::regclass and grantee <> c.relowner`,
    [target],
  );
  return rows.map(({ statement }) => statement);
}
