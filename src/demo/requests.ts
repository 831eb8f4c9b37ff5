/** The tenant's record of what was asked of it. */

/** One answered request. */
export interface Logged {
  readonly endpoint: string;
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly status: number;
  /** Lark's code; undefined when a fault answered without an envelope. */
  readonly code: number | undefined;
  readonly throttled: boolean;
  /** Monotonic ms of the answer. */
  readonly at: number;
}

/** Counts and the latest entries. */
export interface RequestLog {
  /** The latest 20,000 requests, oldest first. */
  readonly entries: readonly Logged[];
  readonly total: number;
  readonly throttled: number;
  /** Requests to `endpoint`, throttled ones included. */
  count(endpoint: string): number;
  /** Requests by endpoint. */
  counts(): Readonly<Record<string, number>>;
  /** Forgets everything counted so far. */
  clear(): void;
}

const KEPT = 20_000;

/** A request log with the `add` that only the server uses. */
export class Requests implements RequestLog {
  readonly entries: Logged[] = [];
  total = 0;
  throttled = 0;
  readonly #counts = new Map<string, number>();

  add(entry: Logged): void {
    this.entries.push(entry);
    if (this.entries.length > KEPT * 1.5) this.entries.splice(0, this.entries.length - KEPT);
    this.total += 1;
    if (entry.throttled) this.throttled += 1;
    this.#counts.set(entry.endpoint, this.count(entry.endpoint) + 1);
  }

  count(endpoint: string): number {
    return this.#counts.get(endpoint) ?? 0;
  }

  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  clear(): void {
    this.entries.length = 0;
    this.total = 0;
    this.throttled = 0;
    this.#counts.clear();
  }
}
