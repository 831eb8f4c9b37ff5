// Pages become batches: records turned into rows, gathered until a transaction is worth its cost.

import { action, InvariantError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { RecordList } from '../record-list.ts';
import { sizeOf } from '../row.ts';
import type { Batch, Cursor, Page, RecordRows, Reject, Scope, Stream } from '../stream.ts';
import { rootKeyOf, rowsOf, type Toll } from './rows.ts';

export interface BatchLimits {
  readonly records: number;
  /** Bytes of the rows. */
  readonly size: number;
  /** The share of these that fills the first batch; it doubles from one to the next. */
  readonly firstShare: number;
}

/** Stands for the payload of a rejected record that must not be kept. */
export const withheld = '{"withheld":"privacy"}';

/** The first batches are smaller, so that the warehouse has something to do early. */
export const batchLimits: BatchLimits = {
  records: 5_000,
  size: 4 * 1024 * 1024,
  firstShare: 1 / 8,
};

/** The end of a reading that failed: what was read before it is still written. */
export interface Broken {
  readonly broken: unknown;
}

/**
 * A transform stage that holds one batch at most. A reading that breaks gives its last batch first,
 * without a cursor beyond what its pages said, and throws then.
 */
export function toBatches(
  stream: Stream,
  toll: Toll,
  limits: BatchLimits = batchLimits,
): (pages: AsyncIterable<Page | Broken>) => AsyncGenerator<Batch> {
  return async function* batches(pages) {
    const gathering = new Gathering(stream, toll, limits);
    for await (const page of pages) {
      if ('broken' in page) {
        yield* gathering.flush();
        throw page.broken;
      }
      yield* gathering.take(page);
    }
    if (!gathering.isSafe) {
      throw new InvariantError(`${stream.name} ended on records that no cursor covers`);
    }
    yield* gathering.flush();
  };
}

interface Gathered {
  readonly records: RecordList;
  readonly rejects: Reject[];
  read: number;
  size: number;
  cursor: Cursor | undefined;
  covers: Scope | undefined;
  unlike: boolean;
  abandoned: boolean;
}

function nothing(): Gathered {
  return {
    records: new RecordList(),
    rejects: [],
    read: 0,
    size: 0,
    cursor: undefined,
    covers: undefined,
    unlike: false,
    abandoned: false,
  };
}

class Gathering {
  readonly #stream: Stream;
  readonly #toll: Toll;
  readonly #limits: BatchLimits;
  #share: number;
  #gathered = nothing();
  #isSafe = true;

  constructor(stream: Stream, toll: Toll, limits: BatchLimits) {
    this.#stream = stream;
    this.#toll = toll;
    this.#limits = limits;
    this.#share = limits.firstShare;
  }

  /** Whether a cursor covers all that was read. */
  get isSafe(): boolean {
    return this.#isSafe;
  }

  /** Adds the page, and gives a batch whenever one is full or a scope is covered. */
  *take(page: Page): Generator<Batch> {
    for (const record of page.records) {
      if (this.#isFull()) yield* this.flush();
      this.#add(record);
    }
    const { cursor, covers, unlike = false, abandoned = false } = page;
    Object.assign(this.#gathered, { covers, unlike, abandoned });
    if (cursor !== undefined) {
      this.#gathered.cursor = cursor;
      this.#isSafe = true;
    }
    if (covers !== undefined) yield* this.flush();
  }

  #add(record: JsonObject): void {
    const gathered = this.#gathered;
    this.#isSafe = false;
    try {
      const rows = rowsOf(this.#stream, record, this.#toll);
      if (rows.rows[0]?.length !== 0) gathered.read += 1;
      gathered.records.add(rows);
      this.#weigh(rows);
    } catch (error) {
      if (action(error) !== 'reject' || !(error instanceof Error)) throw error;
      gathered.read += 1;
      const key = rootKeyOf(this.#stream, record);
      const payload = this.#stream.withholds === true ? withheld : JSON.stringify(record);
      gathered.rejects.push({ key, payload, reason: error.message });
    }
  }

  #weigh({ rows }: RecordRows): void {
    for (const ofTable of rows) {
      for (const row of ofTable) this.#gathered.size += sizeOf(row);
    }
  }

  #isFull(): boolean {
    const { size, read } = this.#gathered;
    const { batchRecords = Number.POSITIVE_INFINITY } = this.#stream;
    const most = Math.min(batchRecords, this.#limits.records * this.#share);
    return read >= most || size >= this.#limits.size * this.#share;
  }

  /** The batch so far, if there is anything to write. */
  *flush(): Generator<Batch> {
    const { records, rejects, read, cursor, covers, unlike, abandoned } = this.#gathered;
    this.#gathered = nothing();
    this.#share = Math.min(1, 2 * this.#share);
    const isEmpty = records.length === 0 && rejects.length === 0;
    if (isEmpty && cursor === undefined && covers === undefined) return;
    yield {
      records,
      rejects,
      read,
      cursor,
      covers,
      unlike,
      abandoned,
    };
  }
}
