// A table as the loader sees it: its names for SQL, and which of its columns do what.

import type { PgType, Stream, Table } from '../../stream.ts';
import { ident, qualified } from '../identifier.ts';

type TypedName = readonly [name: string, type: PgType];

export interface Layout {
  readonly table: Table;
  /** Schema and name, quoted. */
  readonly target: string;
  /** Where its rows are staged, quoted. */
  readonly stage: string;
  /** What Lark gave, without the columns of the loader. */
  readonly columns: readonly TypedName[];
  readonly names: readonly string[];
  readonly key: readonly string[];
  /** The columns of an outline: the key, and in the root what its children's owners are known by. */
  readonly outlined: readonly TypedName[];
}

/** The tables of a stream, the root first. */
export type Layouts = readonly [Layout, ...Layout[]];

export function layoutsOf(schema: string, { tables }: Stream): Layouts {
  const [root, ...others] = tables;
  const owners = others.flatMap(({ owner = [] }) => owner);
  return [layoutOf(schema, root, owners), ...others.map((table) => layoutOf(schema, table, []))];
}

function layoutOf(schema: string, table: Table, owners: readonly string[]): Layout {
  const columns = Object.entries(table.columns).map(([name, { type }]) => [name, type] as const);
  return {
    table,
    target: qualified(schema, table.name),
    stage: `pg_temp.${ident(`staged_${table.name}`)}`,
    columns,
    names: columns.map(([name]) => name),
    key: table.key,
    outlined: columns.filter(([name]) => table.key.includes(name) || owners.includes(name)),
  };
}

/** Where these columns are among the values of a row. */
export function placesOf({ names }: Layout, columns: readonly string[]): readonly number[] {
  return columns.map((name) => names.indexOf(name));
}
