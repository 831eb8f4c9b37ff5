// The limiter of one endpoint of one app in one tenant: how many requests are under way, when the
// next may go out, and the rest that all of them take when Lark asks for it.

import PQueue from 'p-queue';
import { ThrottledError } from '../errors.ts';
import type { Endpoint } from '../tenant.ts';
import { type Clock, interruption } from './clock.ts';
import { Pace, type Sent } from './pace.ts';

const shortestRestMs = 1000;
const longestRestMs = 60_000;
const restJitterMs = 500;
/** By Little's law the rate times this is under way at once; answers rarely take longer. */
const expectedLatencyMs = 1000;
const mostUnderWay = 32;
const underWayWithoutWindows = 4;

/** What a caller wants to know of its waits, in ms. */
export interface Waits {
  waited(ms: number): void;
  throttled(ms: number): void;
}

export class Throttle {
  readonly #clock: Clock;
  readonly #pace: Pace;
  readonly #slots: PQueue;
  #restUntil = Number.NEGATIVE_INFINITY;
  #restSince = Number.NEGATIVE_INFINITY;
  #refusals = 0;
  #underWay = 0;
  #turn: Promise<void> = Promise.resolve();
  #landing = Promise.withResolvers<void>();
  #lastSuccess = Number.NEGATIVE_INFINITY;

  constructor(endpoint: Endpoint, clock: Clock) {
    this.#clock = clock;
    this.#pace = new Pace(endpoint.windows);
    this.#slots = new PQueue({ concurrency: concurrencyOf(endpoint) });
  }

  /** When the endpoint last did what it was asked, in ms of the clock. */
  get lastSuccess(): number {
    return this.#lastSuccess;
  }

  /**
   * Runs `send` when a slot and the rate limit permit; a ThrottledError of it rests the endpoint.
   * `ready` is run before the rate limit is waited for, so that nothing delays a send that is due;
   * `answered` is to be called when the answer begins.
   */
  async run<R, T>(
    signal: AbortSignal,
    waits: Waits,
    ready: () => Promise<R>,
    send: (readied: R, answered: () => void) => Promise<T>,
  ): Promise<T> {
    const whenFree = async (): Promise<T> => {
      const readied = await ready();
      return await this.#whenDue(signal, waits, (answered) => send(readied, answered));
    };
    const task = this.#slots.add(whenFree, { signal });
    return await task.catch((error: unknown) => {
      throw signal.aborted ? interruption(signal) : error;
    });
  }

  async #whenDue<T>(
    signal: AbortSignal,
    waits: Waits,
    send: (answered: () => void) => Promise<T>,
  ): Promise<T> {
    const sent = await this.#inTurn(() => this.#admission(signal, waits));
    try {
      const result = await send(() => {
        sent.took = this.#clock.now() - sent.at;
      });
      if (!this.#isStale(sent)) this.#refusals = 0;
      this.#lastSuccess = this.#clock.now();
      return result;
    } catch (error) {
      if (error instanceof ThrottledError) waits.throttled(this.#rest(error, sent));
      throw error;
    } finally {
      this.#underWay -= 1;
      this.#landing.resolve();
      this.#landing = Promise.withResolvers<void>();
    }
  }

  /** One after the other, in the order in which they came. */
  async #inTurn<T>(wait: () => Promise<T>): Promise<T> {
    const before = this.#turn;
    const mine = Promise.withResolvers<void>();
    this.#turn = mine.promise;
    await before;
    return await wait().finally(mine.resolve);
  }

  /** Waits until a request may go out and takes note of it. */
  async #admission(signal: AbortSignal, waits: Waits): Promise<Sent> {
    const since = this.#clock.now();
    for (;;) {
      if (signal.aborted) throw interruption(signal);
      const now = this.#clock.now();
      const wait = Math.max(this.#restUntil - now, this.#pace.wait(now));
      // After a refusal one request alone finds out whether Lark answers again.
      const alone = this.#refusals === 0 || this.#underWay === 0;
      if (wait <= 0 && alone) {
        if (now > since) waits.waited(now - since);
        this.#underWay += 1;
        return this.#pace.sent(now);
      }
      if (wait > 0) await this.#clock.sleep(wait, signal);
      else await this.#landing.promise;
    }
  }

  /** Nothing is sent until the rest is over. Returns how long that is, in ms. */
  #rest(error: ThrottledError, sent: Sent): number {
    const now = this.#clock.now();
    if (!this.#isStale(sent)) {
      this.#refusals += 1;
      this.#restSince = now;
      this.#pace.slowDown(now);
    }
    this.#restUntil = Math.max(this.#restUntil, now + this.#restMs(error));
    return this.#restUntil - now;
  }

  /** What was under way when the rest began says nothing new about the rate. */
  #isStale({ at }: Sent): boolean {
    return at < this.#restSince;
  }

  #restMs({ retryAfterMs }: ThrottledError): number {
    const random = this.#clock.random();
    if (retryAfterMs !== undefined) {
      const asked = Math.min(longestRestMs, Math.max(shortestRestMs, retryAfterMs));
      return asked + random * restJitterMs;
    }
    const ceiling = Math.min(longestRestMs, shortestRestMs * 2 ** this.#refusals);
    return shortestRestMs + random * (ceiling - shortestRestMs);
  }
}

function concurrencyOf(endpoint: Endpoint): number {
  if (endpoint.serial === true) return 1;
  if (endpoint.windows.length === 0) return underWayWithoutWindows;
  const rate = Math.min(...endpoint.windows.map(({ calls, ms }) => calls / ms));
  const burst = Math.min(
    ...endpoint.windows.filter(({ ms }) => ms <= 1000).map(({ calls, ms }) => calls / ms),
  );
  const underWay = (Number.isFinite(burst) ? burst : rate) * expectedLatencyMs;
  return Math.min(mostUnderWay, Math.max(1, Math.ceil(underWay)));
}
