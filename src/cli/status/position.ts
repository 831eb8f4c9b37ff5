// Where the reading of a partition stands, in words: what each stream's cursor says of time.

import { dateTime } from '../words.ts';
import type { CursorRow } from './read.ts';

/** Times are the tenant's. */
export interface Position {
  readonly partition: string;
  readonly committed_at: Date | null;
  /** Undefined time: it was not read through yet, or is to be read anew. */
  readonly at: Date | null;
  /** read whole */
  readonly words: string;
  /** The words with the time. */
  readonly says: string;
}

/** Fields of cursors that hold a time in epoch ms, and what they mean; the first that is there counts. */
const meanings = [
  ['to', 'listed to'],
  ['read_to', 'read to'],
  ['read_at', 'read whole'],
] as const;

export function positionOf({ partition, cursor, committed_at }: CursorRow): Position {
  const found = meanings.find(([field]) => typeof cursor?.[field] === 'number');
  const isShort = cursor?.['revision'] === '';
  if (found === undefined || isShort) {
    const words = 'not read through yet';
    return { partition, committed_at, at: null, words, says: words };
  }
  const [field, words] = found;
  const at = new Date(Number(cursor?.[field]));
  return { partition, committed_at, at, words, says: `${words} ${dateTime(at)}` };
}

/** The one that is furthest behind; undefined without any. */
export function furthestBehind(positions: readonly Position[]): Position | undefined {
  const timeOf = ({ at }: Position): number => at?.getTime() ?? 0;
  return [...positions].sort((one, other) => timeOf(one) - timeOf(other))[0];
}
