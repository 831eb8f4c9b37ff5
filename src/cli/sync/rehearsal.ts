// A dry run: what would be written is counted, and kept in memory as far as other streams read it.

import { typesOf, valuesOf } from '../../row.ts';
import type { Counts, Sink } from '../../sink.ts';
import type {
  Batch,
  Cursor,
  Partition,
  PgValue,
  Replica,
  Stream,
  StreamName,
  Table,
} from '../../stream.ts';

type TextRow = Readonly<Record<string, PgValue>>;
type Where = NonNullable<Parameters<Replica['rows']>[2]>;

/** A warehouse without tables, as streams see it. */
export const emptyReplica: Replica = {
  async *rows() {},
  known: async () => new Set(),
  cursor: async () => undefined,
};

/** What is loaded, and over it what a dry run would have loaded of the streams that others need. */
export class Rehearsal implements Replica {
  readonly #loaded: Replica;
  readonly #needed: ReadonlySet<string>;
  readonly #cursors = new Map<string, Cursor>();
  readonly #tables = new Map<string, Map<string, TextRow>>();
  readonly #keys = new Map<string, readonly string[]>();

  constructor(loaded: Replica, streams: readonly Stream[]) {
    this.#loaded = loaded;
    this.#needed = new Set(streams.flatMap(({ needs = [], after = [] }) => [...needs, ...after]));
  }

  /** Takes over what a batch would have left in the warehouse. */
  take(stream: Stream, partition: Partition, { records, cursor }: Batch): void {
    if (!this.#needed.has(stream.name)) return;
    if (cursor !== undefined) this.#cursors.set(`${stream.name} ${partition.key}`, cursor);
    for (const [index, table] of stream.tables.entries()) {
      const names = Object.keys(table.columns);
      const types = typesOf(table);
      const rows = this.#rowsOf(table);
      for (const line of records.rows(index)) {
        const values = valuesOf(types, line);
        const row = Object.fromEntries(names.map((name, at) => [name, values[at] ?? null]));
        rows.set(keyIn(row, table.key), row);
      }
    }
  }

  async *rows(
    table: string,
    columns: readonly string[],
    where: Where = {},
  ): AsyncGenerator<TextRow> {
    const over = this.#tables.get(table) ?? new Map<string, TextRow>();
    const key = this.#keys.get(table) ?? [];
    const wanted = [...new Set([...columns, ...key])];
    for await (const row of this.#loaded.rows(table, wanted, where)) {
      if (!over.has(keyIn(row, key))) yield only(row, columns);
    }
    for (const row of over.values()) if (fits(row, where)) yield only(row, columns);
  }

  async known(
    table: string,
    column: string,
    values: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const loaded = await this.#loaded.known(table, column, values);
    const over = [...(this.#tables.get(table)?.values() ?? [])].map((row) => row[column] ?? '');
    return new Set([...loaded, ...over.filter((value) => values.includes(value))]);
  }

  async cursor(stream: StreamName, partition: string): Promise<Cursor | undefined> {
    return this.#cursors.get(`${stream} ${partition}`) ?? this.#loaded.cursor(stream, partition);
  }

  #rowsOf({ name, key }: Table): Map<string, TextRow> {
    const rows = this.#tables.get(name) ?? new Map<string, TextRow>();
    this.#tables.set(name, rows);
    this.#keys.set(name, key);
    return rows;
  }
}

function keyIn(row: TextRow, key: readonly string[]): string {
  return JSON.stringify(key.map((name) => row[name]));
}

function only(row: TextRow, columns: readonly string[]): TextRow {
  return Object.fromEntries(columns.map((name) => [name, row[name] ?? null]));
}

function fits(row: TextRow, where: Where): boolean {
  return Object.entries(where).every(([name, wanted]) => {
    const value = row[name] ?? null;
    if (wanted === null || typeof wanted === 'string') return value === wanted;
    return value !== null && value <= wanted.atMost;
  });
}

/** Writes nothing; counts as inserted every row that a run would write or find unchanged. */
export function countingSink(rehearsal: Rehearsal): Sink {
  return {
    async open(stream, partition) {
      return {
        checkpoint: await rehearsal.cursor(stream.name, partition.key),
        write: async (batch) => {
          rehearsal.take(stream, partition, batch);
          return countsOf(stream, batch);
        },
        close: async () => undefined,
      };
    },
  };
}

function countsOf(stream: Stream, { records, rejects, read }: Batch): Counts {
  const kept = [...stream.tables.keys()].filter((at) => stream.tables[at]?.bookkeeping !== true);
  const inserted = kept.reduce((sum, at) => sum + records.count(at), 0);
  return {
    records: read,
    inserted,
    updated: 0,
    unchanged: 0,
    deleted: 0,
    rejected: rejects.length,
  };
}
