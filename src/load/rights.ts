// Where a run deletes rows: all that it may do besides reading, inserting and updating.

import type { Stream } from '../stream.ts';

const control = ['sync_held_deletions', 'sync_out_of_sight', 'sync_seen_keys'];

/** The tables that writing these streams deletes from: rows that are replaced whole with their owner, and notes. */
export function emptiedBy(streams: readonly Stream[]): readonly string[] {
  const replaced = streams
    .flatMap(({ tables }) => [...tables])
    .filter(({ owner, marksDeletion }) => owner !== undefined && marksDeletion !== true);
  return [...control, ...replaced.map(({ name }) => name)];
}
