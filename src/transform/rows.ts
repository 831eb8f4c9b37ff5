// A record becomes rows: every column read, what Postgres cannot hold replaced, duplicates within the record resolved.

import { RecordError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
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
  const rows = stream.tables.map((table) => tableRows(table, record, toll));
  const filled = rows.findIndex((byKey) => byKey.size > 0);
  const first = rows[filled]?.keys().next().value;
  if (first === undefined) throw new RecordError(`a record of ${stream.name} gives no row`);
  const table = stream.tables[filled]?.name;
  return {
    key: filled === 0 ? first : `${table} ${first}`,
    rows: rows.map((byKey) => [...byKey.values()]),
  };
}

/** The key of a record's root row, to name a record that cannot become rows; empty when it has none. */
export function rootKeyOf(stream: Stream, record: JsonObject): string {
  try {
    return tableRows(stream.tables[0], record, newToll()).keys().next().value ?? '';
  } catch {
    return '';
  }
}

function tableRows(table: Table, record: JsonObject, toll: Toll): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const item of table.items?.(record) ?? [record]) {
    const row = rowOf(table, item, toll);
    rows.set(keyOf(table, row), row);
  }
  return rows;
}

function rowOf(table: Table, item: JsonObject, toll: Toll): Row {
  const values: PgValue[] = [];
  let compared: PgValue[] | undefined;
  for (const [name, column] of planOf(table).columns) {
    const read = column.read(item, name);
    if (read === undefined) count(toll.unreadable, `${table.name}.${name}`);
    const value = read === undefined || read === null ? null : holdable(read, column.type, toll);
    if (column.compared !== undefined) {
      compared ??= values.slice();
      compared.push(column.compared(item, name));
    } else {
      compared?.push(value);
    }
    values.push(value);
  }
  return { values, compared: compared ?? values };
}

function keyOf(table: Table, row: Row): string {
  const parts = planOf(table).key.map((index) => row.values[index]);
  if (parts.some((part) => part === null || part === undefined)) {
    throw new RecordError(`a row of ${table.name} lacks its key (${table.key.join(', ')})`);
  }
  return parts.length === 1 ? `${parts[0]}` : JSON.stringify(parts);
}

interface TablePlan {
  readonly columns: readonly (readonly [string, Column])[];
  /** Places of the key's columns among the values. */
  readonly key: readonly number[];
}

const plans = new WeakMap<Table, TablePlan>();

function planOf(table: Table): TablePlan {
  const known = plans.get(table);
  if (known !== undefined) return known;
  const names = Object.keys(table.columns);
  const plan = {
    columns: Object.entries(table.columns),
    key: table.key.map((name) => names.indexOf(name)),
  };
  plans.set(table, plan);
  return plan;
}

// JSON.stringify writes U+0000 and lone surrogates, and only those surrogates, as escapes.
const unholdableEscape = /\\(?:u(?:0000|d[89a-f][0-9a-f]{2})|.)/gs;

function holdable(value: string, type: string, toll: Toll): string {
  if (type === 'jsonb') {
    if (!value.includes('\\u')) return value;
    return value.replace(unholdableEscape, (sequence) => {
      if (sequence.length < 6) return sequence;
      toll.replaced += 1;
      return '\ufffd';
    });
  }
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
