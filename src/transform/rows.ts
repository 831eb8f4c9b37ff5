// A record becomes rows: every column read, what Postgres cannot hold replaced, duplicates within the record resolved.

import { RecordError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { toRow } from '../row.ts';
import type { Column, PgValue, RecordRows, Row, Stream, Table } from '../stream.ts';

/** What could not be taken over as it was: counted and told, never silent. */
export interface Toll {
  /** Characters that Postgres cannot hold, now U+FFFD. */
  replaced: number;
  /** Values that their column's type cannot hold, now null, by `table.column`. */
  readonly unreadable: Map<string, number>;
}

export function newToll(): Toll {
  return { replaced: 0, unreadable: new Map() };
}

/** The rows of a record for each table of its stream. Throws RecordError when a key is missing. */
export function rowsOf(stream: Stream, record: JsonObject, toll: Toll): RecordRows {
  const found = stream.tables.map((table) => tableRows(planOf(table), record, toll));
  const filled = found.findIndex(({ key }) => key !== undefined);
  const key = found[filled]?.key;
  if (key === undefined) throw new RecordError(`a record of ${stream.name} gives no row`);
  return {
    key: filled === 0 ? key : `${stream.tables[filled]?.name} ${key}`,
    rows: found.map(({ rows }) => rows),
  };
}

/** The key of a record's root row, to name a record that cannot become rows; empty when it has none. */
export function rootKeyOf(stream: Stream, record: JsonObject): string {
  try {
    return tableRows(planOf(stream.tables[0]), record, newToll()).key ?? '';
  } catch {
    return '';
  }
}

interface TableRows {
  /** Of the first row. */
  readonly key: string | undefined;
  readonly rows: readonly Row[];
}

function tableRows(plan: TablePlan, record: JsonObject, toll: Toll): TableRows {
  const { table } = plan;
  if (table.items === undefined) {
    const { key, row } = keyedRow(plan, record, toll);
    return { key, rows: [row] };
  }
  const rows = new Map<string, Row>();
  for (const item of table.items(record)) {
    const { key, row } = keyedRow(plan, item, toll);
    rows.set(key, row);
  }
  return { key: rows.keys().next().value, rows: [...rows.values()] };
}

interface KeyedRow {
  readonly key: string;
  readonly row: Row;
}

function keyedRow(plan: TablePlan, item: JsonObject, toll: Toll): KeyedRow {
  const values: PgValue[] = [];
  let compared: PgValue[] | undefined;
  for (const { name, column, hold } of plan.columns) {
    const read = column.read(item, name);
    if (read === undefined) count(toll.unreadable, `${plan.table.name}.${name}`);
    const value = read === undefined || read === null ? null : hold(read, toll);
    if (column.compared !== undefined) {
      compared ??= values.slice();
      compared.push(column.compared(item, name));
    } else {
      compared?.push(value);
    }
    values.push(value);
  }
  return { key: keyOf(plan, values), row: toRow(values, compared) };
}

function keyOf({ table, key }: TablePlan, values: readonly PgValue[]): string {
  const parts = key.map((index) => values[index]);
  if (parts.some((part) => part === null || part === undefined)) {
    throw new RecordError(`a row of ${table.name} lacks its key (${table.key.join(', ')})`);
  }
  return parts.length === 1 ? `${parts[0]}` : JSON.stringify(parts);
}

interface PlannedColumn {
  readonly name: string;
  readonly column: Column;
  /** The value as Postgres can hold it. */
  readonly hold: (value: string, toll: Toll) => string;
}

interface TablePlan {
  readonly table: Table;
  readonly columns: readonly PlannedColumn[];
  /** Places of the key's columns among the values. */
  readonly key: readonly number[];
}

const plans = new WeakMap<Table, TablePlan>();

function planOf(table: Table): TablePlan {
  const known = plans.get(table);
  if (known !== undefined) return known;
  const names = Object.keys(table.columns);
  const plan = {
    table,
    columns: Object.entries(table.columns).map(([name, column]) => ({
      name,
      column,
      hold: column.type === 'jsonb' ? holdableJson : holdableText,
    })),
    key: table.key.map((name) => names.indexOf(name)),
  };
  plans.set(table, plan);
  return plan;
}

// Every escape is matched, so that an escaped backslash is not taken for the beginning of one; pairs of
// surrogates are matched whole and stay.
const escapes =
  /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u0000|u[dD][89a-fA-F][\da-fA-F]{2}|.)/gs;
const suspicious = /\\u(?:0000|[dD][89a-fA-F])/;
const unholdableLength = '\\u0000'.length;

function holdableJson(value: string, toll: Toll): string {
  if (!value.includes('\\u') || !suspicious.test(value)) return value;
  return value.replace(escapes, (sequence) => {
    if (sequence.length !== unholdableLength) return sequence;
    toll.replaced += 1;
    return '\ufffd';
  });
}

function holdableText(value: string, toll: Toll): string {
  if (!value.includes('\0') && value.isWellFormed()) return value;
  toll.replaced += value.split('\0').length - 1 + loneSurrogates(value);
  return value.replaceAll('\0', '\ufffd').toWellFormed();
}

function loneSurrogates(value: string): number {
  return value.match(/[\ud800-\udfff]/gu)?.length ?? 0;
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
