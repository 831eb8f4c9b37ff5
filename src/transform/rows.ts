// A record becomes rows: every column read, what Postgres cannot hold replaced, duplicates within the record resolved.

import { RecordError } from '../errors.ts';
import { asSent, type JsonObject } from '../json.ts';
import { keySeparator, toldKey } from '../record-list.ts';
import { digestOf, type Sent, toRow } from '../row.ts';
import type { Slice } from '../slice.ts';
import type { RecordRows, Row, RowValue, Stream } from '../stream.ts';
import { holdableJson, mayHoldTooMuch } from './holdable.ts';
import { type PlannedColumn, plansOf, type RowPlan, type TablePlan } from './table-plan.ts';
import { newToll, type Toll } from './toll.ts';

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

/** What is known of a record before it is made into rows. */
export interface Outlined {
  /** Of its key, in the order of the columns. */
  readonly values: readonly string[];
  /** Its first bytes are the hash, once they are marked. In hex. */
  readonly digest: string;
  readonly mark: Uint8Array;
  readonly sent: Slice;
}

/** A record that is left pending is made into rows later, if at all: then it is told. */
const untold = newToll();

/** Undefined where a record is not compared as it was sent, or lacks its key. */
export function outlined(stream: Stream, record: JsonObject): Outlined | undefined {
  const [root] = plansOf(stream);
  const sent = sentOf(root, record);
  if (sent === undefined) return undefined;
  const values = valuesOf(root.outline, record, untold);
  if (!values.every(isText)) return undefined;
  return { values, digest: digestOf(sent.bytes), mark: sent.mark, sent: sent.bytes };
}

function isText(value: RowValue): value is string {
  return typeof value === 'string';
}

/** The key that these values of its columns, in their order, are. */
export function keyOfOutline(stream: Stream, values: readonly string[]): string {
  return keyOf(plansOf(stream)[0].outline, values);
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
  return toRow(plan.types, values, sentOf(plan, item) ?? comparedOf(plan, item, values));
}

function sentOf({ mark }: TablePlan, item: JsonObject): Sent | undefined {
  const bytes = item[asSent];
  return mark === undefined || bytes === undefined ? undefined : { mark, bytes };
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

function valuesOf({ columns }: RowPlan, item: JsonObject, toll: Toll): readonly RowValue[] {
  return columns.map((column) => valueFor(column, item, toll));
}

function valueFor(planned: PlannedColumn, item: JsonObject, toll: Toll): RowValue {
  const { column, name, place, hold } = planned;
  const value = column.read(item, name);
  if (typeof value === 'string') return hold(value, toll);
  if (value === undefined) toll.unreadable.set(place, (toll.unreadable.get(place) ?? 0) + 1);
  if (value === undefined || value === null) return null;
  return mayHoldTooMuch(value) ? holdableJson(value.text, toll) : value;
}

/** The last value of the key. Throws RecordError when it lacks one. */
function keyEndOf({ table, key }: RowPlan, values: readonly RowValue[]): string {
  let end: RowValue = null;
  for (const place of key) {
    end = values[place] ?? null;
    if (end !== null) continue;
    throw new RecordError(`a row of ${table.name} lacks its key (${table.key.join(', ')})`);
  }
  return String(end);
}

/** The values of the key; none has U+0000. */
function keyOf({ key }: RowPlan, values: readonly RowValue[]): string {
  let text = '';
  for (const place of key) {
    text += place === key[0] ? values[place] : `${keySeparator}${values[place]}`;
  }
  return text;
}
