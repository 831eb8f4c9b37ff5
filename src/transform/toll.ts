// What making rows has taken from what Lark sent.

/** What could not be taken over as it was: counted and told, never silent. */
export interface Toll {
  /** Characters that Postgres cannot hold, now U+FFFD. */
  replaced: number;
  /** Values that their column's type cannot hold, now null, by `table.column`. */
  readonly unreadable: Map<string, number>;
}

export function newToll(): Toll {
  return { replaced: 0, unreadable: new Map() };
}
