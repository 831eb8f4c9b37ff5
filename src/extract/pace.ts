// When the next request of an endpoint may go out: all windows of its rate limit at once.
//
// Each window is stretched to ms / 0.95 (a short one that a longer one binds anyway to ms / 0.75) and
// remembers its latest sends, so that no stretch of that length, wherever the server's own windows
// begin, ever holds more than the allowed calls. Sends under a per-second window are also spaced
// evenly: the network may bunch them a little.

import type { RateWindow } from '../tenant.ts';

const margin = 0.95;
/** For a window that a longer one binds anyway: nothing is lost in the long run, and a busy machine may bunch sends by 300 ms. */
const idleMargin = 0.75;
const perSecondMs = 1000;
/** Lateness of our own timers, in ms, that is made up for: else each late send would delay all after it. */
const catchUpMs = 100;
const slowdown = 0.9;
const slowest = 0.3;
const recoveryStep = 0.01;
const recoveryMs = 10_000;

export class Pace {
  readonly #windows: readonly Window[];
  #due = Number.NEGATIVE_INFINITY;
  #rate = 1;
  #rateAt = 0;

  constructor(windows: readonly RateWindow[]) {
    const slowestRate = Math.min(...windows.map(({ calls, ms }) => calls / ms));
    this.#windows = windows.map(({ calls, ms }) => ({
      calls,
      ms,
      stretched: ms / (calls / ms > slowestRate ? idleMargin : margin),
      sends: [],
    }));
  }

  /** Ms until the next request may be sent; 0 when it may go now. */
  wait(now: number): number {
    const rate = this.rate(now);
    const free = this.#windows.map(({ calls, stretched, sends }) => {
      const oldest = sends.length < calls ? undefined : sends[0];
      return oldest === undefined ? 0 : oldest + stretched / rate - now;
    });
    return Math.max(0, this.#due - now, ...free);
  }

  /** Takes note of a request that is sent now. */
  sent(now: number): void {
    const rate = this.rate(now);
    let interval = 0;
    for (const { calls, ms, stretched, sends } of this.#windows) {
      sends.push(now);
      if (sends.length > calls) sends.shift();
      if (ms <= perSecondMs) interval = Math.max(interval, stretched / rate / calls);
    }
    const late = now - this.#due;
    this.#due = (late <= catchUpMs ? this.#due : now) + interval;
  }

  /** Lark found the rate too high: a tenth less from now on, coming back by 1 % every 10 s. */
  slowDown(now: number): void {
    this.#rate = Math.max(slowest, this.rate(now) * slowdown);
    this.#rateAt = now;
  }

  /** The share of the allowed rate that is used at this time. */
  rate(now: number): number {
    const steps = Math.floor((now - this.#rateAt) / recoveryMs);
    return this.#rate === 1 ? 1 : Math.min(1, this.#rate + steps * recoveryStep);
  }
}

interface Window extends RateWindow {
  /** The length that is kept, in ms. */
  readonly stretched: number;
  /** Times of the latest sends, oldest first; at most `calls`. */
  readonly sends: number[];
}
