// Tables and columns with their comments, as a migrated warehouse has them.

import type { Pool } from 'pg';

export interface ColumnEntry {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
}

export interface TableEntry {
  readonly name: string;
  readonly comment: string;
  readonly key: readonly string[];
  readonly columns: readonly ColumnEntry[];
}

/** Tables of the schema, those with data of Lark first. */
export async function tablesIn(pool: Pool, schema: string): Promise<readonly TableEntry[]> {
  const { rows } = await pool.query<TableEntry>(
    `select c.relname as name, coalesce(obj_description(c.oid, 'pg_class'), '') as comment,
  array(select a.attname::text from pg_index i cross join unnest(i.indkey) with ordinality k (attnum, place)
    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
    where i.indrelid = c.oid and i.indisprimary order by k.place) as key,
  (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null),
    'comment', coalesce(col_description(c.oid, a.attnum), '')) order by a.attnum)
    from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = $1::regnamespace
  and c.relname !~ '^schema_migrations' order by c.relname`,
    [schema],
  );
  const isOwn = ({ name }: TableEntry): boolean =>
    /^(?:approval|base|attendance|contact)_/.test(name);
  return [...rows.filter(isOwn), ...rows.filter((table) => !isOwn(table))];
}
