// The tenant's wall clock, from the Date header of its answers: the local one may be a day off.

import type { Clock } from './clock.ts';

export class TenantClock {
  readonly #clock: Clock;
  #latest: { readonly date: number; readonly at: number } | undefined;
  #asked: Promise<unknown> | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes the Date header of an answer that has just come. */
  note(header: string | undefined): void {
    const date = header === undefined ? Number.NaN : Date.parse(header);
    if (Number.isFinite(date)) this.#latest = { date, at: this.#clock.now() };
  }

  get known(): boolean {
    return this.#latest !== undefined;
  }

  /** Lets `ask` make the tenant answer, once for all who want to know before any answer came. */
  async learn(ask: () => Promise<unknown>): Promise<void> {
    this.#asked ??= ask().catch(() => undefined);
    await this.#asked;
  }

  /** Epoch ms, at most a second behind the tenant; the local clock's while no answer bore a valid date. */
  now(): number {
    if (this.#latest === undefined) return Date.now();
    return Math.floor(this.#latest.date + this.#clock.now() - this.#latest.at);
  }
}
