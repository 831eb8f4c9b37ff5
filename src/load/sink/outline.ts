// What Postgres is told first of the rows of a table: their keys and hashes, as parameters of a statement. It answers
// which rows it has to be given whole.

import { valueAt } from '../../field.ts';
import { eachField, hashOf } from '../../row.ts';
import { isSame, type Slice } from '../../slice.ts';
import type { PgType, PgValue, Row } from '../../stream.ts';
import { ValueList } from '../../value-list.ts';
import { equal, ident } from '../identifier.ts';
import { type Layout, placesOf } from './layout.ts';

/** The outlines of rows, in their order. */
export interface Outline {
  readonly layout: Layout;
  /** How many rows. */
  readonly rows: number;
  /** Of each outlined column a list of its values, or the value that all rows have; then a list of hashes. */
  readonly values: readonly (Buffer | PgValue)[];
}

export function outlineOf(layout: Layout, rows: readonly Row[]): Outline {
  const names = layout.outlined.map(([name]) => name);
  const places = placesOf(layout, names);
  const columns = layout.outlined.map(([, type]) => new Values(type, rows.length));
  const hashes = new ValueList('bytea', rows.length);
  for (const row of rows) {
    eachField(row, places, (column, source, start, end) =>
      columns[column]?.add(source, start, end),
    );
    const { source, start, end } = hashOf(row);
    hashes.addField(source, start, end);
  }
  const values = columns.map(({ parameter }) => parameter);
  return { layout, rows: rows.length, values: [...values, hashes.bytes] };
}

/** Whether rows are compared as they were sent, and outlined by nothing but their key and hash. */
export function isRecognised({ table, outlined, key }: Layout): boolean {
  return table.asSent !== undefined && outlined.length === key.length;
}

/** The values of a column: one as long as all rows have it, a list from the first other one on. */
class Values {
  readonly #type: PgType;
  readonly #rows: number;
  #first: Slice | undefined;
  #count = 0;
  #list: ValueList | undefined;

  constructor(type: PgType, rows: number) {
    this.#type = type;
    this.#rows = rows;
  }

  get parameter(): Buffer | PgValue {
    if (this.#list !== undefined) return this.#list.bytes;
    if (this.#first === undefined) return null;
    const { source, start } = this.#first;
    return valueAt(this.#type, source, start);
  }

  add(source: Buffer, start: number, end: number): void {
    this.#first ??= { source, start, end };
    if (this.#list === undefined && !isSame(this.#first, source, start, end)) {
      this.#list = this.#spelledOut(this.#first);
    }
    this.#list?.addField(source, start, end);
    this.#count += 1;
  }

  #spelledOut({ source, start, end }: Slice): ValueList {
    const list = new ValueList(this.#type, this.#rows);
    for (let count = 0; count < this.#count; count += 1) list.addField(source, start, end);
    return list;
  }
}

/** The rows of the outline as a relation, with their places from 1 on; `first` is the parameter of its first value. */
export function relation(outline: Outline, first: number): string {
  const { layout, values } = outline;
  const lists = layout.outlined.flatMap(([name], column) => (isList(values[column]) ? name : []));
  const selected = layout.outlined.map(([name, type], column) => {
    return isList(values[column]) ? ident(name) : `$${first + column}::${type} as ${ident(name)}`;
  });
  const types = [...layout.outlined.map(([, type]) => type), 'bytea'];
  const given = values.flatMap((value, place) =>
    isList(value) ? `$${first + place}::${types[place]}[]` : [],
  );
  const names = [...lists.map(ident), 'row_hash', '"place in batch"'];
  return `(select ${selected.join(', ')}, row_hash, "place in batch"
  from unnest(${given.join(', ')}) with ordinality l (${names.join(', ')}))`;
}

/**
 * That the row `t` is the one that `o` outlines. The lists let Postgres find all of them by the beginning of the key
 * in one go: up to the first column that varies, since of two such columns it would look for each value with each.
 */
export function isOutlined(outline: Outline, first: number): string {
  const { key } = outline.layout;
  const varying = key.findIndex((name) => isList(valuesOf(outline, name)));
  const leading = varying === -1 ? key : key.slice(0, varying + 1);
  const found = leading.map((name) => isAmong(outline, name, first + columnOf(outline, name)));
  return [...found, equal('t', 'o', key)].join(' and ');
}

/** That the column of `t` has a value which is in the outline; `place` is the parameter of the column's values. */
export function isAmong(outline: Outline, name: string, place: number): string {
  const [, type = 'text'] = outline.layout.outlined[columnOf(outline, name)] ?? [];
  return isList(valuesOf(outline, name))
    ? `t.${ident(name)} = any($${place}::${type}[])`
    : `t.${ident(name)} = $${place}::${type}`;
}

/** The values of an outlined column. */
export function valuesOf(outline: Outline, name: string): Buffer | PgValue {
  return outline.values[columnOf(outline, name)] ?? null;
}

function columnOf({ layout }: Outline, name: string): number {
  return layout.outlined.findIndex(([column]) => column === name);
}

function isList(values: Buffer | PgValue | undefined): values is Buffer {
  return Buffer.isBuffer(values);
}
