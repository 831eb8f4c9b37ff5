// What is not to be stored as it is: values dropped, hashed with a key or rounded on their way from the
// record to the row, so that what comes after (rows, their hashes, rejects) never has them.

import { JsonText, parseJson, stringifyJson } from '../json.ts';
import type { Column, PgValue, RowValue, Stream, Table } from '../stream.ts';
import { rounded } from './rounding.ts';

/** `drop`: null. `hash`: the same for the same value. `round`: to so many decimals. */
export type Treatment = 'drop' | 'hash' | { readonly round: number };

/** How columns are treated, by `table.column`. */
export type Treatments = Readonly<Record<string, Treatment>>;

/** Equal texts have equal hashes, and nobody finds the text without the key. */
export type KeyedHash = (text: string) => string;

/** The stream with its columns treated, also where it is rebuilt from what is stored. */
export function treated(stream: Stream, treatments: Treatments, hash: KeyedHash): Stream {
  const { stored } = stream;
  const [root, ...others] = stream.tables;
  if (!stream.tables.some((table) => isTreated(table, treatments))) return stream;
  const treat = (table: Table): Table => treatedTable(table, treatments, hash);
  return {
    ...stream,
    tables: [treat(root), ...others.map(treat)],
    ...(stored === undefined ? {} : { stored: { ...stored, tables: storedTables(stored, treat) } }),
    withholds: true,
  };
}

function isTreated({ name, columns }: Table, treatments: Treatments): boolean {
  return Object.keys(columns).some((column) => treatments[`${name}.${column}`] !== undefined);
}

type Stored = NonNullable<Stream['stored']>;

function storedTables({ tables }: Stored, treat: (table: Table) => Table): Stored['tables'] {
  const [first, ...others] = tables;
  return [treat(first), ...others.map(treat)];
}

function treatedTable(table: Table, treatments: Treatments, hash: KeyedHash): Table {
  const columns = Object.entries(table.columns).map(([name, column]) => {
    const treatment = treatments[`${table.name}.${name}`];
    return [name, treatment === undefined ? column : treatedColumn(column, treatment, hash)];
  });
  // What was sent says what is not to be stored.
  const { asSent, ...others } = table;
  return { ...others, columns: Object.fromEntries(columns) };
}

function treatedColumn(column: Column, treatment: Treatment, hash: KeyedHash): Column {
  const { compared } = column;
  const change = changeBy(treatment, column, hash);
  const treat = (value: PgValue | undefined): PgValue | undefined =>
    typeof value === 'string' ? change(value) : value;
  // Equal values have equal hashes, whatever the order of their keys.
  const isOrdered = treatment !== 'hash' || column.type !== 'jsonb';
  const ordered = (value: RowValue | undefined): PgValue | undefined => {
    const text = textOf(value);
    return isOrdered || typeof text !== 'string' ? text : stringifyJson(parseJson(text));
  };
  return {
    ...column,
    read: (item, name) => treat(ordered(column.read(item, name))),
    ...(compared === undefined
      ? {}
      : { compared: (item, name) => treat(textOf(compared(item, name))) }),
  };
}

function textOf(value: RowValue | undefined): PgValue | undefined {
  return value instanceof JsonText ? value.text : value;
}

/** What becomes of a value. An empty text says nothing, and its hash would look as if it did. */
function changeBy(
  treatment: Treatment,
  { type }: Column,
  hash: KeyedHash,
): (value: string) => PgValue {
  if (treatment === 'drop') return () => null;
  if (treatment !== 'hash') return (value) => rounded(value, treatment.round);
  if (type === 'jsonb') return (value) => JSON.stringify(hash(value));
  return (value) => (value === '' ? value : hash(value));
}
