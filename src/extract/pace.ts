// When the next request of an endpoint may go out: all windows of its rate limit at once.
//
// Each window is stretched to ms / 0.95 and remembers its latest sends, so that no stretch of that
// length, wherever the server's own windows begin, ever holds more than the allowed calls. Sends under
// a per-second window are also spaced evenly.
//
// The server counts arrivals, which we do not see. A request on its way for longer than the margin
// makes room for is known by its answer, which came later than the fastest by just so much at least:
// its window is then kept from the latest time at which it can have arrived.

import type { RateWindow } from '../tenant.ts';

const margin = 0.95;
const perSecondMs = 1000;
/** Lateness of our own timers, in ms, that is made up for: else each late send would delay all after it. */
const catchUpMs = 250;
const slowdown = 0.9;
const slowest = 0.3;
const recoveryStep = 0.01;
const recoveryMs = 10_000;

/** A request that was sent, in ms. */
export interface Sent {
  readonly at: number;
  /** Until its answer began; unknown before, and where none came. */
  took: number | undefined;
}

export class Pace {
  readonly #windows: readonly Window[];
  #due = Number.NEGATIVE_INFINITY;
  #rate = 1;
  #rateAt = 0;

  constructor(windows: readonly RateWindow[]) {
    this.#windows = windows.map((window) => ({ ...window, sends: [] }));
  }

  /** Ms until the next request may be sent; 0 when it may go now. */
  wait(now: number): number {
    const rate = this.rate(now);
    const free = this.#windows.map(({ calls, ms, sends }) => {
      const oldest = sends.length < calls ? undefined : sends[0];
      if (oldest === undefined) return 0;
      // On the way nothing takes as long as the margin of a minute, though an answer may.
      const delay = ms <= perSecondMs ? delayOf(oldest, sends) : 0;
      return oldest.at + Math.max(ms / margin / rate, ms + delay) - now;
    });
    return Math.max(0, this.#due - now, ...free);
  }

  /** Takes note of a request that is sent now. */
  sent(now: number): Sent {
    const rate = this.rate(now);
    const sent: Sent = { at: now, took: undefined };
    let interval = 0;
    for (const { calls, ms, sends } of this.#windows) {
      sends.push(sent);
      if (sends.length > calls) sends.shift();
      if (ms <= perSecondMs) interval = Math.max(interval, ms / margin / rate / calls);
    }
    const late = now - this.#due;
    this.#due = (late <= catchUpMs ? this.#due : now) + interval;
    return sent;
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
  /** The latest, oldest first; at most `calls`. */
  readonly sends: Sent[];
}

/** How much longer the request can have been on its way than the fastest of its window. */
function delayOf({ took }: Sent, sends: readonly Sent[]): number {
  if (took === undefined) return 0;
  return took - sends.reduce((fastest, sent) => Math.min(fastest, sent.took ?? fastest), took);
}
