// One time for the tenant and for its client: a wait takes no time but moves both on.

import { type Clock, interruption } from '../../../src/extract/clock.ts';
import type { Random } from './random.ts';

export class WorldClock implements Clock {
  readonly #random: Random;
  #time: number;

  /** Starts at epoch ms. */
  constructor(start: number, random: Random) {
    this.#time = start;
    this.#random = random;
  }

  /** Epoch ms of the tenant; whole, as its data are. */
  now(): number {
    return this.#time;
  }

  /** Never back. */
  moveTo(time: number): void {
    this.#time = Math.max(this.#time, Math.round(time));
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw interruption(signal);
    this.moveTo(this.#time + Math.ceil(ms));
  }

  random(): number {
    return this.#random.next();
  }
}
