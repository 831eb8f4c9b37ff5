// Creates and drops tables from declarative literals: name, comment, columns, key, indexes.

import type { Knex } from 'knex';

/** Postgres type (with constraints, if any) and what an analyst should know of the column. */
export type ColumnDdl = readonly [type: string, comment: string];

export interface TableDdl {
  readonly name: string;
  readonly comment: string;
  readonly columns: Readonly<Record<string, ColumnDdl>>;
  /** Left out: rows may be the same, and are found without an index. */
  readonly key?: readonly [string, ...string[]];
  /** What follows `create index .. on table`, with quoted names. */
  readonly indexes?: readonly string[];
  /** Rows are never changed: pages are filled whole. */
  readonly immutable?: boolean;
  /** A crash of Postgres empties it. */
  readonly unlogged?: boolean;
}

export async function createTables(
  knex: Knex,
  schema: string,
  tables: readonly TableDdl[],
): Promise<void> {
  for (const table of tables) {
    for (const statement of statements(schema, table)) await knex.raw(statement);
  }
}

/** Drops the tables, last first. */
export async function dropTables(
  knex: Knex,
  schema: string,
  tables: readonly TableDdl[],
): Promise<void> {
  for (const { name } of [...tables].reverse()) {
    await knex.raw(`drop table if exists ${raw(`${quoted(schema)}.${quoted(name)}`)}`);
  }
}

function statements(schema: string, table: TableDdl): readonly string[] {
  const name = `${quoted(schema)}.${quoted(table.name)}`;
  const columns = Object.entries(table.columns);
  const lines = columns.map(([column, [type]]) => `${quoted(column)} ${type}`);
  const key = table.key === undefined ? [] : [`primary key (${table.key.map(quoted).join(', ')})`];
  const fill = table.immutable === true ? '' : ' with (fillfactor = 90)';
  return [
    `create ${table.unlogged === true ? 'unlogged ' : ''}table ${name} (${[...lines, ...key].join(', ')})${fill}`,
    `comment on table ${name} is ${literal(table.comment)}`,
    ...columns.map(
      ([column, [, comment]]) =>
        `comment on column ${name}.${quoted(column)} is ${literal(comment)}`,
    ),
    ...(table.indexes ?? []).map((index) => `create index on ${name} ${index}`),
  ].map(raw);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** knex.raw reads `?` as a place for a value. */
function raw(statement: string): string {
  return statement.replaceAll('?', '\\?');
}
