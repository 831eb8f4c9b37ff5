/** Rate limits: sliding windows per endpoint, all windows of its tier at once. */

/** At most `calls` accepted in any `ms` milliseconds. */
export interface Window {
  readonly calls: number;
  readonly ms: number;
}

/** Every window that one endpoint must keep. */
export type Tier = readonly Window[];

/** 100 a minute. */
export const TIER_3: Tier = [{ calls: 100, ms: 60_000 }];
/** 1000 a minute and 50 a second. */
export const TIER_4: Tier = [
  { calls: 1000, ms: 60_000 },
  { calls: 50, ms: 1000 },
];
/** 5 a second. */
export const TIER_6: Tier = [{ calls: 5, ms: 1000 }];
/** 20 a second. */
export const TIER_8: Tier = [{ calls: 20, ms: 1000 }];
/** 50 a second. */
export const TIER_9: Tier = [{ calls: 50, ms: 1000 }];
/** No published limit. */
export const UNLIMITED: Tier = [];

/** The window that a call would break, and the seconds until it has room again. */
export interface Excess {
  readonly limit: number;
  readonly resetSeconds: number;
}

/** Counts accepted calls per endpoint. */
export interface Limits {
  /** Accepts a call (undefined) or names the window it would break; a refused call does not count. */
  admit(endpoint: string, tier: Tier): Excess | undefined;
}

/** Limits on a monotonic `clock` in ms. */
export function makeLimits(clock: () => number = () => performance.now()): Limits {
  const accepted = new Map<string, number[]>();
  return {
    admit(endpoint, tier) {
      const now = clock();
      const times = recent(accepted.get(endpoint) ?? [], now, tier);
      accepted.set(endpoint, times);
      const excess = tier.map((window) => broken(times, now, window)).find((one) => one);
      if (!excess) times.push(now);
      return excess;
    },
  };
}

function recent(times: number[], now: number, tier: Tier): number[] {
  const longest = Math.max(0, ...tier.map((window) => window.ms));
  const first = times.findIndex((time) => time > now - longest);
  return first < 0 ? [] : first === 0 ? times : times.slice(first);
}

function broken(times: readonly number[], now: number, { calls, ms }: Window): Excess | undefined {
  const oldest = times[times.length - calls];
  if (oldest === undefined || oldest <= now - ms) return undefined;
  return { limit: calls, resetSeconds: Math.max(1, Math.ceil((oldest + ms - now) / 1000)) };
}
