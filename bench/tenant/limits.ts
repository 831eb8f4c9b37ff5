// Lark's rate limits at their strictest: a call must fit into every window however the windows are laid, sliding
// ones that end now and fixed ones of the clock.

import type { Tier } from '../../src/demo/limits.ts';

export class Limits {
  readonly #accepted = new Map<string, number[]>();
  readonly #refused = new Map<string, number>();

  /** When calls were accepted, in ms, by whatever key they were asked for. */
  get accepted(): ReadonlyMap<string, readonly number[]> {
    return this.#accepted;
  }

  /** How many calls were refused. */
  get refused(): ReadonlyMap<string, number> {
    return this.#refused;
  }

  /** Seconds until there is room again; undefined when the call is accepted. */
  excess(key: string, tier: Tier, now: number): number | undefined {
    const times = this.#accepted.get(key) ?? [];
    this.#accepted.set(key, times);
    for (const { calls, ms } of tier) {
      const oldest = times.at(-calls);
      if (oldest === undefined) continue;
      const fixedFrom = Math.floor(now / ms) * ms;
      const free = Math.max(
        oldest > now - ms ? oldest + ms : now,
        oldest >= fixedFrom ? fixedFrom + ms : now,
      );
      if (free <= now) continue;
      this.#refused.set(key, (this.#refused.get(key) ?? 0) + 1);
      return Math.max(1, Math.ceil((free - now) / 1000));
    }
    times.push(now);
    return undefined;
  }
}
