// Whether tables are as this code declares them: COPY's binary format says nothing of types, so that a column which
// somebody altered would take the bytes for another value.

import type { ClientBase } from 'pg';
import type { Layouts } from './layout.ts';

/** Whether all columns have the declared types. Otherwise rows are staged, and cast on the way into their table. */
export async function areAsDeclared(client: ClientBase, layouts: Layouts): Promise<boolean> {
  const declared = layouts.flatMap(({ target, columns }) =>
    columns.map(([name, type]) => [target, name, type] as const),
  );
  const lists = [0, 1, 2].map((part) => declared.map((column) => column[part]));
  const { rowCount } = await client.query(
    `select from unnest($1::text[], $2::text[], $3::text[]) d (target, name, type)
join pg_attribute a on a.attrelid = d.target::regclass and a.attname = d.name and a.atttypid = d.type::regtype`,
    lists,
  );
  return rowCount === declared.length;
}
