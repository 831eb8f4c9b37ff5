// A record becomes rows: every column read, what Postgres cannot hold replaced, duplicates within the record resolved.

import { RecordError } from '../errors.ts';
import type { JsonObject, JsonText } from '../json.ts';
import { keySeparator, toldKey } from '../record-list.ts';
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
  const [root, ...others] = plansOf(stream);
  const first = tableRows(root, record, toll);
  const rows = [first.rows];
  let { key } = first;
  for (const plan of others) {
    const found = tableRows(plan, record, toll);
    rows.push(found.rows);
    // A record that gives its root no row is named by another.
    if (found.key !== undefined) key ??= `${plan.table.name} ${toldKey(found.key)}`;
  }
  if (key === undefined) throw new RecordError(`a record of ${stream.name} gives no row`);
  return { key, rows };
}

/** The key of a record's root row, to name a record that cannot become rows; empty when it has none. */
export function rootKeyOf(stream: Stream, record: JsonObject): string {
  try {
    return toldKey(tableRows(plansOf(stream)[0], record, newToll()).key ?? '');
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
    const values = valuesOf(plan, record, toll);
    keyEndOf(plan, values);
    return { key: keyOf(plan, values), rows: [rowOf(plan, record, values)] };
  }
  const lists: (readonly RowValue[])[] = [];
  const rows: Row[] = [];
  let before = '';
  let ascend = true;
  for (const item of table.items(record)) {
    const values = valuesOf(plan, item, toll);
    const end = keyEndOf(plan, values);
    ascend &&= isGreater(end, before);
    before = end;
    lists.push(values);
    rows.push(rowOf(plan, item, values));
  }
  const [first] = lists;
  const key = first === undefined ? undefined : keyOf(plan, first);
  return { key, rows: ascend ? rows : lastOfEach(lists, rows, plan) };
}

/** Keys whose ends become greater from one to the next are all different: cheaper than to look them up. */
function isGreater(end: string, before: string): boolean {
  return end.length === before.length ? end > before : end.length > before.length;
}

/** Of rows with one key the last, in the place of the first. */
function lastOfEach(
  lists: readonly (readonly RowValue[])[],
  rows: readonly Row[],
  plan: TablePlan,
): readonly Row[] {
  const last = new Map<string, Row>();
  for (const [index, row] of rows.entries()) last.set(keyOf(plan, lists[index] ?? []), row);
  return [...last.values()];
}

function rowOf(plan: TablePlan, item: JsonObject, values: readonly RowValue[]): Row {
  return toRow(values, comparedOf(plan, item, values));
}

/** What counts of the values when rows are compared. */
function comparedOf(
  { others }: TablePlan,
  item: JsonObject,
  values: readonly RowValue[],
): readonly RowValue[] {
  let compared: RowValue[] | undefined;
  for (const { name, place, form } of others) {
    const other = form(item, name);
    if (other === undefined) continue;
    compared ??= [...values];
    compared[place] = other;
  }
  return compared ?? values;
}

function valuesOf({ columns }: TablePlan, item: JsonObject, toll: Toll): readonly RowValue[] {
  const values: RowValue[] = [];
  for (const column of columns) values.push(valueFor(column, item, toll));
  return values;
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
function mayHoldTooMuch({ source, start, end, escapes }: JsonText): boolean {
  if (escapes === undefined) {
    const bytes = source.subarray(start, end);
    return bytes.includes('\\u') && unholdable.some((beginning) => bytes.includes(beginning));
  }
  for (const at of escapes) if (source[at + 1] === letterU) return true;
  return false;
}

/** The last value of the key. Throws RecordError when it lacks one. */
function keyEndOf({ table, key }: TablePlan, values: readonly RowValue[]): string {
  let end: RowValue = null;
  for (const place of key) {
    end = values[place] ?? null;
    if (end !== null) continue;
    throw new RecordError(`a row of ${table.name} lacks its key (${table.key.join(', ')})`);
  }
  return String(end);
}

/** The values of the key; none has U+0000. */
function keyOf({ key }: TablePlan, values: readonly RowValue[]): string {
  let text = '';
  for (const [index, place] of key.entries()) {
    text += index === 0 ? values[place] : `${keySeparator}${values[place]}`;
  }
  return text;
}

interface PlannedColumn {
  readonly name: string;
  /** `table.column`. */
  readonly place: string;
  readonly column: Column;
  /** The value as Postgres can hold it. */
  readonly hold: (value: string, toll: Toll) => string;
}

interface OtherForm {
  readonly name: string;
  /** Of the column among the values. */
  readonly place: number;
  readonly form: NonNullable<Column['compared']>;
}

interface TablePlan {
  readonly table: Table;
  readonly columns: readonly PlannedColumn[];
  /** Places of the key's columns among the values. */
  readonly key: readonly number[];
  /** Columns that may be compared by another value than the one that is stored. */
  readonly others: readonly OtherForm[];
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
    others: columns.flatMap(({ name, column: { compared: form } }, place) =>
      form === undefined ? [] : [{ name, place, form }],
    ),
  };
}

// Every escape is matched, so that an escaped backslash is not taken for the beginning of one; pairs of
// surrogates are matched whole and stay.
const escapes =
  /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u0000|u[dD][89a-fA-F][\da-fA-F]{2}|.)/gs;
/** How what Postgres cannot hold begins, and some that it can. */
const unholdable = ['\\u0000', '\\ud', '\\uD'];
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
