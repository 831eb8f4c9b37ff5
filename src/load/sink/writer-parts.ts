// What a writer works with.

import type { SinkNotes } from '../../sink.ts';
import type { Claim, Claimed } from './cursors.ts';
import type { Layouts } from './layout.ts';
import type { Transact } from './transact.ts';

/** What the partition was like when it was opened. */
export interface Opened extends Claimed {
  /** Whether rows may be copied straight into the tables: they are probably all new, and as the tables are declared. */
  readonly straight: boolean;
  /** Whether there are rows that a complete reading could find missing. */
  readonly tracks: boolean;
  /** Whether the stream has unresolved rejections. */
  readonly rejects: boolean;
  /** Digests of deletions that older runs held back. */
  readonly held: ReadonlySet<string>;
}

export interface WriterParts {
  readonly layouts: Layouts;
  readonly transact: Transact;
  readonly claim: Claim;
  readonly opened: Opened;
  readonly notes: SinkNotes;
}
