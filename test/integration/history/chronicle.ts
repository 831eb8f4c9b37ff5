// What was ever true of each thing in the tenant, as the rows that the warehouse should hold of it.

/** The rows of one thing by table, each table's as one canonical text. */
export type Parts = Readonly<Record<string, string>>;

export interface Version {
  /** Since when it is so; epoch ms. */
  readonly at: number;
  /** Undefined while the thing does not exist. */
  readonly parts: Parts | undefined;
  /** What the rules of staleness want to know of it. */
  readonly facts: Facts;
}

export interface Facts {
  /** The person whose it is. */
  readonly owner?: string;
  /** When it was created or took place; epoch ms. */
  readonly created?: number;
  /** When it ended; epoch ms, 0 while it goes on. */
  readonly settled?: number;
  /** The table whose revision tells of the change; unless the change was silent. */
  readonly container?: string;
  readonly silent?: boolean;
  /** It exists, but the view through which it is read does not show it. */
  readonly hidden?: boolean;
}

export interface Thing {
  readonly parts: Parts;
  readonly facts?: Facts;
}

const never: Version = { at: Number.NEGATIVE_INFINITY, parts: undefined, facts: {} };

export class Chronicle {
  readonly #things = new Map<string, Map<string, Version[]>>();

  /** All things of a kind as they are from now on: what is not given does not exist. */
  become(kind: string, at: number, present: ReadonlyMap<string, Thing>, silent = false): void {
    const known = this.#of(kind);
    for (const [key, thing] of present) this.note(kind, key, at, thing, silent);
    for (const key of known.keys()) {
      if (!present.has(key)) this.note(kind, key, at, undefined, silent);
    }
  }

  /** One thing as it is from now on; undefined when it is gone. */
  note(kind: string, key: string, at: number, thing: Thing | undefined, silent = false): void {
    const versions = this.#of(kind).get(key) ?? [never];
    this.#of(kind).set(key, versions);
    const last = versions.at(-1) ?? never;
    const facts = { ...last.facts, ...thing?.facts };
    if (sameParts(last.parts, thing?.parts)) versions.splice(-1, 1, { ...last, facts });
    else versions.push({ at, parts: thing?.parts, facts: { ...facts, silent } });
  }

  kinds(): Iterable<string> {
    return this.#things.keys();
  }

  keys(kind: string): Iterable<string> {
    return this.#of(kind).keys();
  }

  /** Oldest first; begins with its not existing. */
  versions(kind: string, key: string): readonly Version[] {
    return this.#of(kind).get(key) ?? [never];
  }

  #of(kind: string): Map<string, Version[]> {
    const known = this.#things.get(kind) ?? new Map<string, Version[]>();
    this.#things.set(kind, known);
    return known;
  }
}

export function sameParts(one: Parts | undefined, other: Parts | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  const tables = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...tables].every((table) => one[table] === other[table]);
}

/** Rows as one text, whatever the order of rows and members; a column without a value counts as none. */
export function textOf(rows: readonly object[]): string {
  return rows
    .map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)))
    .map((row) => JSON.stringify(ordered(row)))
    .sort()
    .join('\n');
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(pairOrdered));
}

function pairOrdered([name, value]: [string, unknown]): [string, unknown] {
  return [name, ordered(value)];
}
