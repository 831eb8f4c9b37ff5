// The total time of an exchange: runs only while the network is waited for, not while the reader works.

export class Deadline {
  readonly #expire: () => void;
  #leftMs: number;
  #since: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Calls `expire` when the time is up. */
  constructor(ms: number, expire: () => void) {
    this.#leftMs = ms;
    this.#expire = expire;
  }

  start(): void {
    if (this.#since !== undefined) return;
    this.#since = performance.now();
    this.#timer = setTimeout(this.#expire, Math.max(0, this.#leftMs));
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (this.#since !== undefined) this.#leftMs -= performance.now() - this.#since;
    this.#since = undefined;
  }
}
