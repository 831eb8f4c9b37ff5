// How often and when a failed request is repeated: with growing, random pauses, and never so
// often over all requests that a broken API gets twice the load.

import { TransientError } from '../errors.ts';
import type { Clock } from './clock.ts';
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

/** The repetitions of one request. */
export class Retries {
  readonly #budget: RetryBudget;
  readonly #clock: Clock;
  #attempts = 1;

  constructor(budget: RetryBudget, clock: Clock) {
    this.#budget = budget;
    this.#clock = clock;
    budget.earn();
  }

  /** The pause before the next attempt, in ms. Throws the error when there shall be none. */
  pause(error: unknown): number {
    if (this.#attempts >= mostAttempts || !this.#budget.spend()) throw given(error, this.#attempts);
    const ceiling = Math.min(longestPauseMs, firstPauseMs * 2 ** (this.#attempts - 1));
    this.#attempts += 1;
    return this.#clock.random() * ceiling;
  }
}

function given(error: unknown, attempts: number): unknown {
  if (!(error instanceof TransientError)) return error;
  const times = attempts === 1 ? 'once' : `${attempts} times`;
  const advice = 'run it again later: it resumes where it stopped';
  return new TransientError(`${error.message} (tried ${times})`, retold(error, advice));
}
