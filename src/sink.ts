// Where batches go: what a warehouse is to the engine.

import type { Batch, Cursor, Partition, RowKeys, Stream } from './stream.ts';

/** What a committed batch did, in rows; bookkeeping left out. */
export interface Counts {
  readonly records: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly rejected: number;
}

/** Writes one partition. */
export interface Writer {
  readonly checkpoint: Cursor | undefined;
  /** Batches may leave their records pending: it tells which of them it has to be given as rows. */
  readonly recognises?: boolean;
  /**
   * Commits the batch, its cursor and, if it covers a scope, the deletions in it. Throws FencedError,
   * ReadingLostError, BlockedError, WarehouseError, and InterruptedError when it had to be given up.
   */
  write(batch: Batch): Promise<Counts>;
  close(): Promise<void>;
}

/** Tells which of the keys that a complete read did not give are truly gone. */
export type Confirm = (keys: RowKeys) => Promise<RowKeys>;

export interface Sink {
  open(stream: Stream, partition: Partition, notes: SinkNotes): Promise<Writer>;
}

export interface SinkNotes {
  readonly confirm: Confirm | undefined;
  warn(message: string): void;
  /** Something was held back: what was read is committed, and the stream is incomplete. */
  fail(message: string): void;
}
