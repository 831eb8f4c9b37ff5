// A record becomes rows: every column read, what Postgres cannot hold replaced, duplicates within the record resolved.

import { RecordError } from '../errors.ts';
import type { JsonObject, JsonText } from '../json.ts';
import { toRow } from '../row.ts';
import type { Column, PgType, RecordRows, Row, RowValue, Stream, Table } from '../stream.ts';

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
  const rows: (readonly Row[])[] = [];
  let key: string | undefined;
  for (const plan of plansOf(stream)) {
    const found = tableRows(plan, record, toll);
    if (found.key !== undefined) key ??= rows.length === 0 ? found.key : childKey(plan, found.key);
    rows.push(found.rows);
  }
  if (key === undefined) throw new RecordError(`a record of ${stream.name} gives no row`);
  return { key, rows };
}

/** Names a record that gives its root no row. */
function childKey({ table }: TablePlan, key: string): string {
  return `${table.name} ${key}`;
}

/** The key of a record's root row, to name a record that cannot become rows; empty when it has none. */
export function rootKeyOf(stream: Stream, record: JsonObject): string {
  try {
    return tableRows(plansOf(stream)[0], record, newToll()).key ?? '';
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
  const values = plan.columns.map((column) => valueFor(column, item, toll));
  return { key: keyOf(plan, values), row: toRow(values, comparedOf(plan, item, values)) };
}

/** What counts of the values when rows are compared. */
function comparedOf(
  { columns, comparesOthers }: TablePlan,
  item: JsonObject,
  values: readonly RowValue[],
): readonly RowValue[] {
  if (!comparesOthers) return values;
  const others = columns.map(({ column, name }) => column.compared?.(item, name));
  if (others.every((other) => other === undefined)) return values;
  return values.map((value, place) => {
    const other = others[place];
    return other === undefined ? value : other;
  });
}

function valueFor(planned: PlannedColumn, item: JsonObject, toll: Toll): RowValue {
  const { column, name, place, hold } = planned;
  const value = column.read(item, name);
  if (typeof value === 'string') return hold(value, toll);
  if (value === undefined) toll.unreadable.set(place, (toll.unreadable.get(place) ?? 0) + 1);
  if (value === undefined || value === null) return null;
  return mayHoldTooMuch(value) ? holdableJson(value.text, toll) : value;
}

/** Whether there is an escape by number, as of what Postgres cannot hold. */
function mayHoldTooMuch({ source, escapes }: JsonText): boolean {
  for (const at of escapes) if (source[at + 1] === letterU) return true;
  return false;
}

function keyOf({ table, key }: TablePlan, values: readonly RowValue[]): string {
  const parts = key.map((place) => values[place] ?? null);
  if (parts.includes(null)) {
    throw new RecordError(`a row of ${table.name} lacks its key (${table.key.join(', ')})`);
  }
  return parts.length === 1 ? `${parts[0]}` : JSON.stringify(parts);
}

interface PlannedColumn {
  readonly name: string;
  /** `table.column`. */
  readonly place: string;
  readonly column: Column;
  /** The value as Postgres can hold it. */
  readonly hold: (value: string, toll: Toll) => string;
}

interface TablePlan {
  readonly table: Table;
  readonly columns: readonly PlannedColumn[];
  /** Places of the key's columns among the values. */
  readonly key: readonly number[];
  /** Whether a column is compared by another value than the one that is stored. */
  readonly comparesOthers: boolean;
}

type TablePlans = readonly [TablePlan, ...TablePlan[]];

const plans = new WeakMap<Stream['tables'], TablePlans>();

function plansOf({ tables }: Stream): TablePlans {
  const known = plans.get(tables);
  if (known !== undefined) return known;
  const [root, ...others] = tables;
  const planned: TablePlans = [planOf(root), ...others.map(planOf)];
  plans.set(tables, planned);
  return planned;
}

function planOf(table: Table): TablePlan {
  const names = Object.keys(table.columns);
  const columns = Object.entries(table.columns).map(([name, column]) => ({
    name,
    place: `${table.name}.${name}`,
    column,
    hold: holds[column.type] ?? asItIs,
  }));
  return {
    table,
    columns,
    key: table.key.map((name) => names.indexOf(name)),
    comparesOthers: columns.some(({ column }) => column.compared !== undefined),
  };
}

// Every escape is matched, so that an escaped backslash is not taken for the beginning of one; pairs of
// surrogates are matched whole and stay.
const escapes =
  /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u0000|u[dD][89a-fA-F][\da-fA-F]{2}|.)/gs;
const suspicious = /\\u(?:0000|[dD][89a-fA-F])/;
const letterU = 0x75;
const unholdableLength = '\\u0000'.length;

/** Of the types whose values may have what Postgres cannot hold. */
const holds: Partial<Record<PgType, PlannedColumn['hold']>> = {
  text: holdableText,
  jsonb: holdableJson,
};

function asItIs(value: string): string {
  return value;
}

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
