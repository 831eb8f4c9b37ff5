// Records on their way, as rows. What is kept of each is a few numbers: objects that outlive a collection of the heap
// cost more than all else that is done for a record.

import type { RecordRows, Records, Row } from './stream.ts';

/** Between the values of a key; no value has it. */
export const keySeparator = '\0';

/** A key as it is told and kept: its value, or a JSON list of its values. */
export function toldKey(key: string): string {
  return key.includes(keySeparator) ? JSON.stringify(key.split(keySeparator)) : key;
}

/** Records of a stream, each key once: a later record takes the place of an earlier one. */
export class RecordList implements Records {
  readonly #kept: Kept;
  /** The records of a part; all unless given. */
  readonly #places: readonly number[] | undefined;

  constructor(kept: Kept = new Kept(), places?: readonly number[]) {
    this.#kept = kept;
    this.#places = places;
  }

  get length(): number {
    return this.#places?.length ?? this.#kept.places.size;
  }

  add({ key, rows }: RecordRows): void {
    this.#kept.add(key, rows);
  }

  keys(): readonly string[] {
    return this.#all().map((place) => toldKey(this.#kept.keys[place] ?? ''));
  }

  rows(table: number): Iterable<Row> {
    return this.#kept.tables[table]?.of(this.#all()) ?? [];
  }

  count(table: number): number {
    return this.#kept.tables[table]?.count(this.#all()) ?? 0;
  }

  part(from: number, to: number): RecordList {
    return new RecordList(this.#kept, this.#all().slice(from, to));
  }

  #all(): readonly number[] {
    return this.#places ?? [...this.#kept.places.values()];
  }
}

/** The list with all these records. */
export function recordList(records: Iterable<RecordRows>): RecordList {
  const list = new RecordList();
  for (const record of records) list.add(record);
  return list;
}

class Kept {
  readonly keys: string[] = [];
  readonly places: Map<string, number> = new Map();
  readonly tables: RowsByRecord[] = [];

  add(key: string, rows: RecordRows['rows']): void {
    const place = this.keys.push(key) - 1;
    this.places.set(key, place);
    for (let table = 0; table < rows.length; table += 1) {
      const kept = this.tables[table] ?? new RowsByRecord();
      this.tables[table] = kept;
      kept.add(rows[table] ?? []);
    }
  }
}

/** What is kept of a row: the place of its source, its start and its end. */
const numbersPerRow = 3;

/** Rows of one table. */
class RowsByRecord {
  readonly #sources: Buffer[] = [];
  readonly #rows: number[] = [];
  /** Where the rows of each record end among these. */
  readonly #ends: number[] = [];

  add(rows: readonly Row[]): void {
    for (const { source, start, end } of rows) {
      if (this.#sources.at(-1) !== source) this.#sources.push(source);
      this.#rows.push(this.#sources.length - 1, start, end);
    }
    this.#ends.push(this.#rows.length);
  }

  count(records: readonly number[]): number {
    let numbers = 0;
    for (const record of records) {
      numbers += (this.#ends[record] ?? 0) - (this.#ends[record - 1] ?? 0);
    }
    return numbers / numbersPerRow;
  }

  /** The rows of these records. */
  *of(records: readonly number[]): Generator<Row> {
    for (const record of records) {
      const last = this.#ends[record] ?? 0;
      for (let at = this.#ends[record - 1] ?? 0; at < last; at += numbersPerRow) {
        const row = this.#row(at);
        if (row !== undefined) yield row;
      }
    }
  }

  #row(at: number): Row | undefined {
    const source = this.#sources[this.#rows[at] ?? 0];
    if (source === undefined) return undefined;
    return { source, start: this.#rows[at + 1] ?? 0, end: this.#rows[at + 2] ?? 0 };
  }
}
