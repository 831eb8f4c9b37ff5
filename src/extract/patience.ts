// How long a tenant that has never answered is asked. Whoever waits for a run wants to know soon that
// it cannot begin; one that has begun is worth more time.

import type { Clock } from './clock.ts';

const longestMs = 30_000;

export class Patience {
  readonly #clock: Clock;
  #since: number | undefined;
  #answered = false;
  #failure: unknown;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether anything has ever come from the host. */
  get isAnswered(): boolean {
    return this.#answered;
  }

  answered(): void {
    this.#answered = true;
  }

  /** A request is about to be sent. Throws what the tenant was given up for. */
  begin(): void {
    if (this.#failure !== undefined && !this.#answered) throw this.#failure;
    this.#since ??= this.#clock.now();
  }

  /** Whether a pause of so many ms is worth while. */
  lasts(ms: number): boolean {
    const now = this.#clock.now();
    return this.#answered || now + ms - (this.#since ?? now) <= longestMs;
  }

  /** From now on every request fails with this at once, unless an answer comes after all. */
  giveUp(failure: unknown): void {
    this.#failure ??= failure;
  }
}
