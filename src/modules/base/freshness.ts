// Whether a table needs to be read: its revision moved, its reading is old, or it was asked for otherwise.

import type { Read } from '../../stream.ts';
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
    now - (numberIn(from, 'read_at') ?? 0) < rereadMs
  );
}
