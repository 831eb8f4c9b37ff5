// Work that must not run side by side: one after another within a lane, in the order of asking.

export class Lanes {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs `work` when all that was asked for earlier in this lane has ended; at once without a lane. */
  async in<T>(lane: string | undefined, work: () => Promise<T>): Promise<T> {
    if (lane === undefined) return work();
    const before = this.#last.get(lane) ?? Promise.resolve();
    const own = before.then(work, work);
    this.#last.set(lane, own);
    return own;
  }
}
