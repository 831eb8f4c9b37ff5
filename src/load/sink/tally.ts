// Counting what happened to rows.

/** Rows of one table, or of several. */
export interface Tally {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
}

export const nothing: Tally = { inserted: 0, updated: 0, unchanged: 0, deleted: 0 };

export function added(left: Tally, right: Tally): Tally {
  return {
    inserted: left.inserted + right.inserted,
    updated: left.updated + right.updated,
    unchanged: left.unchanged + right.unchanged,
    deleted: left.deleted + right.deleted,
  };
}
