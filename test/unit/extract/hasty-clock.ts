// Clocks for tests: one whose sleeps take no time, and one that plays many sleepers in their order.

import { type Clock, interruption } from '../../../src/extract/clock.ts';

/** Every sleep ends at once and moves the time on. */
export class HastyClock implements Clock {
  readonly slept: number[] = [];
  time = 1_000_000;
  chance = 0.5;

  now(): number {
    return this.time;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw interruption(signal);
    this.slept.push(ms);
    this.time += ms;
  }

  random(): number {
    return this.chance;
  }
}

/** Wakes sleepers one after the other, each at its time, as soon as nothing else is to be done. */
export class PlayedClock implements Clock {
  readonly #sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  #playing = false;
  #state: number;
  time = 0;

  constructor(seed = 1) {
    this.#state = seed;
  }

  now(): number {
    return this.time;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw interruption(signal);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = (): void => reject(interruption(signal));
    this.#sleepers.push({ at: this.time + ms, wake: resolve });
    signal.addEventListener('abort', abort, { once: true });
    this.#play();
    await promise.finally(() => signal.removeEventListener('abort', abort));
  }

  /** The minimal standard generator: the same numbers every time. */
  random(): number {
    this.#state = (this.#state * 48_271) % 2_147_483_647;
    return this.#state / 2_147_483_647;
  }

  #play(): void {
    if (this.#playing) return;
    this.#playing = true;
    setImmediate(() => {
      this.#playing = false;
      this.#sleepers.sort((a, b) => a.at - b.at);
      const first = this.#sleepers.shift();
      if (first === undefined) return;
      this.time = Math.max(this.time, first.at);
      first.wake();
      this.#play();
    });
  }
}
