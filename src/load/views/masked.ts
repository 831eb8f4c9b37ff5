// The masked views, one a table with data of Lark: without personal columns, without what is gone.

import type { Pool } from 'pg';
import { SchemaError } from '../../errors.ts';
import type { Table } from '../../stream.ts';
import { ident, qualified } from '../identifier.ts';
import { query } from '../pool.ts';
import type { View } from './view.ts';

/**
 * Views of these tables. The hash of a row is left out as well: who knows all other values could find a
 * phone number by trying. Throws SchemaError while migrations are pending.
 */
export async function maskedViews(
  pool: Pool,
  schema: string,
  tables: readonly Table[],
): Promise<readonly View[]> {
  const comments = await commentsIn(pool, schema);
  return tables.map((table) => maskedView(schema, table, comments));
}

type Comments = ReadonlyMap<string, string>;

function maskedView(schema: string, table: Table, comments: Comments): View {
  const commentOn = (place: string): string => {
    const comment = comments.get(place);
    if (comment !== undefined) return comment;
    throw new SchemaError(`the warehouse has no ${schema}.${place}`, {
      hint: 'run larkhouse migrate up',
    });
  };
  const shown = Object.entries(table.columns).filter(([, { personal }]) => personal !== true);
  const names = ['source', ...shown.map(([name]) => name), 'run_id', 'synced_at'];
  return {
    name: table.name,
    comment: [commentOn(table.name), ...omissions(table)].join(' '),
    columns: names.map((name) => ({
      name,
      comment: commentOn(`${table.name}.${name}`),
      value: `t.${ident(name)}`,
    })),
    from: `${qualified(schema, table.name)} t${table.marksDeletion === true ? ' where t.deleted_at is null' : ''}`,
  };
}

function omissions({ columns, marksDeletion }: Table): readonly string[] {
  const hidden = Object.entries(columns).filter(([, { personal }]) => personal === true);
  const names = hidden.map(([name]) => name).join(', ');
  return [
    ...(hidden.length === 0 ? [] : [`Personal columns are left out: ${names}.`]),
    ...(marksDeletion === true ? ['What is gone from Lark is left out.'] : []),
  ];
}

/** By `table` and by `table.column`. */
async function commentsIn(pool: Pool, schema: string): Promise<Comments> {
  const rows = await query<{ place: string; comment: string }>(
    pool,
    `select c.relname || coalesce('.' || a.attname, '') as place, d.description as comment
from pg_description d
join pg_class c on c.oid = d.objoid and d.classoid = 'pg_class'::regclass
left join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid and d.objsubid > 0
where c.relnamespace = (select oid from pg_namespace where nspname = $1) and c.relkind in ('r', 'p')`,
    [schema],
  );
  return new Map(rows.map(({ place, comment }) => [place, comment]));
}
