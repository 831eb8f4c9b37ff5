// What is already loaded, read in slices along the key: no transaction or connection stays open
// while whoever reads is busy with Lark.

import type { Pool } from 'pg';
import { SchemaError } from '../errors.ts';
import type { Cursor, PgValue, Replica, StreamName } from '../stream.ts';
import { ident, qualified } from './identifier.ts';
import { query } from './pool.ts';
import { cursorOf } from './sink/cursors.ts';

/** Rows held at a time. */
const sliceRows = 2000;

export interface ReplicaOptions {
  readonly pool: Pool;
  readonly schema: string;
  readonly source: string;
}

type TextRow = Readonly<Record<string, PgValue>>;
type Where = NonNullable<Parameters<Replica['rows']>[2]>;

/** The rows of one source. Times are ISO texts with ms, in UTC; rows come in the order of their key. */
export function createReplica({ pool, schema, source }: ReplicaOptions): Replica {
  const shapes = new Map<string, Promise<Shape>>();
  const shapeFor = (table: string): Promise<Shape> => {
    const known = shapes.get(table) ?? shapeOf(pool, schema, table);
    shapes.set(table, known);
    return known;
  };
  return {
    async *rows(table: string, columns: readonly string[], where: Where = {}) {
      const shape = await shapeFor(table);
      let after: TextRow | undefined;
      for (;;) {
        const slice = sliceStatement({ shape, source, columns, where, after });
        const found = await query<TextRow>(pool, slice.text, slice.values);
        for (const row of found)
          yield Object.fromEntries(columns.map((name) => [name, row[name] ?? null]));
        after = found.at(-1);
        if (found.length < sliceRows) return;
      }
    },
    async known(
      table: string,
      column: string,
      values: readonly string[],
    ): Promise<ReadonlySet<string>> {
      const { target, types } = await shapeFor(table);
      const found = await query<{ value: string }>(
        pool,
        `select distinct ${asText(column, types)} as value from ${target}
where source = $1 and ${ident(column)} = any($2)`,
        [source, values],
      );
      return new Set(found.map(({ value }) => value));
    },
    async cursor(stream: StreamName, partition: string): Promise<Cursor | undefined> {
      const [row] = await query<{ cursor: string | null }>(
        pool,
        `select cursor::text from ${qualified(schema, 'sync_cursors')}
where source = $1 and stream = $2 and partition = $3`,
        [source, stream, partition],
      );
      return cursorOf(row?.cursor ?? null);
    },
  };
}

interface Shape {
  /** Schema and name, quoted. */
  readonly target: string;
  readonly types: ReadonlyMap<string, string>;
  /** After `source`. */
  readonly key: readonly string[];
}

async function shapeOf(pool: Pool, schema: string, table: string): Promise<Shape> {
  const columns = await query<{ name: string; type: string; place: number | null }>(
    pool,
    `select a.attname as name, format_type(a.atttypid, null) as type,
  array_position(i.indkey::smallint[], a.attnum) as place
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_index i on i.indrelid = c.oid and i.indisprimary
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where n.nspname = $1 and c.relname = $2
order by place`,
    [schema, table],
  );
  if (columns.length === 0) {
    throw new SchemaError(`the warehouse has no table ${schema}.${table}`, {
      hint: 'run larkhouse migrate up',
    });
  }
  return {
    target: qualified(schema, table),
    types: new Map(columns.map(({ name, type }) => [name, type])),
    key: columns
      .filter(({ place, name }) => place !== null && name !== 'source')
      .map(({ name }) => name),
  };
}

interface Slice {
  readonly shape: Shape;
  readonly source: string;
  readonly columns: readonly string[];
  readonly where: Where;
  /** The last row of the slice before. */
  readonly after: TextRow | undefined;
}

/** The next rows along the key; the key's own texts come along as `key 0`, `key 1`, .. */
function sliceStatement({ shape, source, columns, where, after }: Slice): {
  readonly text: string;
  readonly values: readonly unknown[];
} {
  const { target, types, key } = shape;
  const values: unknown[] = [source];
  const place = (value: string): string => `$${values.push(value)}`;
  const selected = [
    ...columns.map((name) => `${asText(name, types)} as ${ident(name)}`),
    ...key.map((name, index) => `${ident(name)}::text as "key ${index}"`),
  ];
  const conditions = Object.entries(where).map(([name, wanted]) => {
    if (wanted === null) return `${ident(name)} is null`;
    if (typeof wanted === 'string') return `${ident(name)} = ${place(wanted)}`;
    return `${ident(name)} <= ${place(wanted.atMost)}`;
  });
  const order = key.map(ident).join(', ');
  if (after !== undefined) {
    const last = key.map((_, index) => place(after[`key ${index}`] ?? ''));
    conditions.push(`(${order}) > (${last.join(', ')})`);
  }
  const all = ['source = $1', ...conditions].join(' and ');
  const text = `select ${selected.join(', ')} from ${target} where ${all} order by ${order} limit ${sliceRows}`;
  return { text, values };
}

/** The column as text; times as the rest of larkhouse writes them. */
function asText(name: string, types: ReadonlyMap<string, string>): string {
  return types.get(name) === 'timestamp with time zone'
    ? `to_char(${ident(name)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    : `${ident(name)}::text`;
}
