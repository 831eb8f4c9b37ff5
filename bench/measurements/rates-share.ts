// The share of a permitted rate that a sequence of calls used.

import type { RateWindow } from '../../src/tenant.ts';

/**
 * Over as many whole windows as the calls fill; below one, over the time from the first call until the watching
 * ended. NaN when that is shorter than the window, of which nothing can be said then. All in ms.
 */
export function shareOf(
  times: readonly number[],
  windows: readonly RateWindow[],
  until: number,
): number {
  const [first = until] = times;
  const slowest = windows.reduce((one, other) => (rateOf(one) <= rateOf(other) ? one : other));
  const whole = Math.floor((times.length - 1) / slowest.calls) * slowest.calls;
  const last = times[whole];
  if (whole > 0 && last !== undefined) return whole / (last - first) / rateOf(slowest);
  const watched = until - first;
  return watched < slowest.ms ? Number.NaN : times.length / watched / rateOf(slowest);
}

function rateOf({ calls, ms }: RateWindow): number {
  return calls / ms;
}
