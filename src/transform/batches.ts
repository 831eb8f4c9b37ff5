// Pages become batches: records turned into rows, gathered until a transaction is worth its cost.

import { InvariantError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { RecordList } from '../record-list.ts';
import { sizeOf } from '../row.ts';
import type { Batch, Cursor, Page, RecordRows, Reject, Scope, Stream } from '../stream.ts';
import { make, makeWhole } from './make.ts';
import { PendingList } from './pending-list.ts';
import { type Outlined, outlined } from './rows.ts';
import type { Toll } from './toll.ts';

export interface BatchLimits {
  readonly records: number;
  /** Bytes of the rows. */
  readonly size: number;
  /** The share of these that fills the first batch; it doubles from one to the next. */
  readonly firstShare: number;
}

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

export interface BatchOptions {
  readonly limits?: BatchLimits;
  /** Whether records that are compared as they were sent are left pending. */
  readonly recognises?: boolean;
}

/**
 * A transform stage that holds one batch at most. A reading that breaks gives its last batch first,
 * without a cursor beyond what its pages said, and throws then.
 */
export function toBatches(
  stream: Stream,
  toll: Toll,
  options: BatchOptions = {},
): (pages: AsyncIterable<Page | Broken>) => AsyncGenerator<Batch> {
  return async function* batches(pages) {
    const gathering = new Gathering(stream, toll, options);
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
  pending: PendingList | undefined;
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
    pending: undefined,
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
  readonly #make: typeof make;
  #recognises: boolean;
  /** The records that were last left pending. */
  #left: PendingList | undefined;
  #share: number;
  #gathered = nothing();
  #isSafe = true;

  constructor(
    stream: Stream,
    toll: Toll,
    { limits = batchLimits, recognises = false }: BatchOptions,
  ) {
    this.#stream = stream;
    this.#toll = toll;
    this.#limits = limits;
    this.#recognises = recognises;
    this.#make = recognises ? makeWhole : make;
    this.#share = limits.firstShare;
  }

  /** Whether a cursor covers all that was read. */
  get isSafe(): boolean {
    return this.#isSafe;
  }

  /** Adds the page, and gives a batch whenever one is full or a scope is covered. */
  *take(page: Page): Generator<Batch> {
    for (const record of page.records) {
      const outline = this.#recognises ? outlined(this.#stream, record) : undefined;
      if (this.#isFull() || this.#isOfAnotherBatch(outline)) yield* this.flush();
      this.#isSafe = false;
      if (outline === undefined) this.#add(record);
      else this.#leave(outline);
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
    const made = this.#make(this.#stream, record, this.#toll);
    if (!('rows' in made)) {
      gathered.read += 1;
      gathered.rejects.push(made);
      return;
    }
    if (made.rows[0]?.length !== 0) gathered.read += 1;
    gathered.records.add(made);
    this.#weigh(made);
  }

  #leave(outline: Outlined): void {
    const gathered = this.#gathered;
    gathered.pending ??= this.#newList(outline);
    gathered.pending.add(outline);
    gathered.read += 1;
    gathered.size += sizeOf(outline.sent);
  }

  /** Where most had to be made into rows after all, that is done ahead from now on. */
  #newList(first: Outlined): PendingList {
    if (this.#left?.isMostlyMade === true) this.#recognises = false;
    const list = new PendingList(this.#stream, this.#toll, first);
    this.#left = this.#recognises ? list : undefined;
    return list;
  }

  /** Of two records with one key the later one counts, so that a batch has neither both kinds nor both of them. */
  #isOfAnotherBatch(outline: Outlined | undefined): boolean {
    const { records, pending } = this.#gathered;
    if (outline === undefined) return pending !== undefined;
    return records.length > 0 || pending?.takes(outline) === false;
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
    const { records, pending, rejects, read, cursor, covers, unlike, abandoned } = this.#gathered;
    this.#gathered = nothing();
    this.#share = Math.min(1, 2 * this.#share);
    const isEmpty = records.length === 0 && pending === undefined && rejects.length === 0;
    if (isEmpty && cursor === undefined && covers === undefined) return;
    yield {
      records,
      ...(pending === undefined ? {} : { pending }),
      rejects,
      read,
      cursor,
      covers,
      unlike,
      abandoned,
    };
  }
}
