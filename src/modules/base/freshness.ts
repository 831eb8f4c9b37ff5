// Whether a table needs to be read: its revision moved, its reading is old, or it was asked for otherwise.

import type { Cursor, Read } from '../../stream.ts';
import { numberIn, textIn } from '../cursors.ts';
import { rereadMs, type TablePartition } from './partitions.ts';

/** True when the last complete reading still holds; `views` must match too where they matter. */
export function isUnchanged(read: Read<TablePartition>, now: number, views = ''): boolean {
  const { from, partition } = read;
  if (from === undefined || read.full) return false;
  if ((from['gone'] === true) !== partition.isGone) return false;
  if (partition.isGone) return true;
  return (
    textIn(from, 'revision') === partition.revision &&
    (textIn(from, 'views') ?? '') === views &&
    isRecent(from, now)
  );
}

/** Whether it was read within a day; a reading far in the future is of a clock that was wrong. */
export function isRecent(from: Cursor | undefined, now: number): boolean {
  return Math.abs(now - (numberIn(from, 'read_at') ?? 0)) < rereadMs;
}
