// How often and when a failed request is repeated: with growing, random pauses, and never so
// often over all requests that a broken API gets twice the load.

import { TransientError } from '../errors.ts';
import type { Clock } from './clock.ts';
import type { Patience } from './patience.ts';
import { retold } from './retold.ts';

const mostAttempts = 8;
const firstPauseMs = 500;
const longestPauseMs = 20_000;
const budgetStart = 20;
const budgetCeiling = 100;
const earnedPerRequest = 0.1;

/** Repetitions that a connection may still spend: a tenth of its requests. */
export class RetryBudget {
  #left = budgetStart;

  earn(): void {
    this.#left = Math.min(budgetCeiling, this.#left + earnedPerRequest);
  }

  spend(): boolean {
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}

/** What the requests of a connection share. */
export interface Reserves {
  readonly budget: RetryBudget;
  readonly clock: Clock;
  readonly patience: Patience;
}

/** The repetitions of one request. */
export class Retries {
  readonly #budget: RetryBudget;
  readonly #clock: Clock;
  readonly #patience: Patience;
  #attempts = 1;

  constructor({ budget, clock, patience }: Reserves) {
    this.#budget = budget;
    this.#clock = clock;
    this.#patience = patience;
    budget.earn();
  }

  /** The pause before the next attempt, in ms. Throws the error when there shall be none. */
  pause(error: unknown): number {
    const ceiling = Math.min(longestPauseMs, firstPauseMs * 2 ** (this.#attempts - 1));
    const pause = this.#clock.random() * ceiling;
    const isWorthwhile = this.#attempts < mostAttempts && this.#patience.lasts(pause);
    if (!isWorthwhile || !this.#budget.spend()) throw this.#last(error);
    this.#attempts += 1;
    return pause;
  }

  #last(error: unknown): unknown {
    if (!(error instanceof TransientError)) return error;
    const times = this.#attempts === 1 ? 'once' : `${this.#attempts} times`;
    const { isAnswered } = this.#patience;
    const advice = isAnswered ? 'run it again later: it resumes where it stopped' : unreached;
    const last = new TransientError(`${error.message} (tried ${times})`, retold(error, advice));
    if (!isAnswered) this.#patience.giveUp(last);
    return last;
  }
}

const unreached =
  'see that this machine reaches that host (DNS, firewall) and that base_url is right, then run it again';
