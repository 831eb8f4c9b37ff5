// What operators are told, as data: the event that a command gets, and that messages are made of.

import type { SchemaChange } from '../../load/schema-history.ts';

export interface News {
  readonly event: 'failure' | 'recovery' | 'staleness' | 'schema_change';
  /** Null: larkhouse as a whole. */
  readonly source: string | null;
  readonly at: Date;
  /** The newest run that is recorded. Null: none is. */
  readonly run_id: number | null;
  /** What ended the run as a whole. Null: streams ended by themselves. */
  readonly error: string | null;
  /** Those that fail, are stale, or work again. */
  readonly streams: readonly StreamNews[];
  /** Changes of Bases, the newest first. */
  readonly changes: readonly SchemaChange[];
}

export interface StreamNews {
  readonly stream: string;
  /** How its last sync ended. Null: it was never synced. */
  readonly status: string | null;
  /** The warehouse has what Lark had at this time. Null: it was never complete. */
  readonly fresh_at: Date | null;
  readonly error: string | null;
  /** Records of the last sync that could not become rows. */
  readonly rejected: number;
  /** When its failure or staleness was told. Null: it is told now. */
  readonly told_at: Date | null;
}

/** What is remembered once something is told. */
export interface Mark {
  /** Empty: larkhouse as a whole. */
  readonly source: string;
  readonly event: Trouble | 'schema_change';
  /** The stream. Empty: the source as a whole. */
  readonly subject: string;
  /** Of schema changes: up to which they are told. */
  readonly at: Date;
  readonly isOver: boolean;
}

export type Trouble = 'failure' | 'staleness';

/** Something to tell, or nothing but to remember. */
export interface Judgement {
  readonly news: News | undefined;
  readonly marks: readonly Mark[];
}

/** What a channel has told and is not over. */
export interface Told {
  /** When it was told; undefined when it was not, or is over. */
  since(source: string, event: Mark['event'], subject: string): Date | undefined;
}
