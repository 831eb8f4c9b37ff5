// One call, repeated as its failures permit: after a pause, after the endpoint's rest, or with a
// renewed token. All calls are reads: none does harm when it is made twice.

import { AuthError, action, LarkhouseError, ThrottledError } from '../errors.ts';
import { orInterrupted } from './clock.ts';
import { type Asking, exchange, type Part } from './exchange.ts';
import type { Link } from './link.ts';
import { retold } from './retold.ts';
import { Retries } from './retry.ts';
import type { Token } from './token.ts';

const busyAdvice =
  'run it again later: it resumes where it stopped; see whether another client of the same app uses up its rate limit';

/**
 * The answer. A large one comes in parts; those given before a failure are given again.
 * Throws the errors of `errors.ts` but for TokenError, which becomes AuthError.
 */
export async function* repeated(link: Link, asking: Asking): AsyncGenerator<Part, void> {
  const attempts = new Attempts(link, asking);
  for (;;) {
    link.patience.begin();
    try {
      yield* exchange(link, asking, () => attempts.token());
      return;
    } catch (error) {
      await attempts.recover(error);
    }
  }
}

class Attempts {
  readonly #link: Link;
  readonly #asking: Asking;
  readonly #retries: Retries;
  readonly #startedAt: number;
  #token: Token | undefined;
  #refused = false;
  /** Why there is no token: signing in has repetitions of its own. */
  #unsigned: unknown;

  constructor(link: Link, asking: Asking) {
    this.#link = link;
    this.#asking = asking;
    this.#retries = new Retries(link);
    this.#startedAt = link.clock.now();
  }

  async token(): Promise<string> {
    this.#token = this.#link.tokens.fresh ?? (await this.#fetched());
    return this.#token.value;
  }

  async #fetched(): Promise<Token> {
    const token = this.#link.tokens.current().catch((error: unknown) => {
      this.#unsigned = error;
      throw error;
    });
    return await orInterrupted(token, this.#asking.signal);
  }

  /** Does what the error asks for before the next attempt; throws when there shall be none. */
  async recover(error: unknown): Promise<void> {
    const { endpoint, meter, signal } = this.#asking;
    if (error === this.#unsigned) throw error;
    switch (action(error)) {
      case 'retry': {
        const pause = this.#retries.pause(error);
        meter.retried(endpoint, pause);
        return await this.#link.clock.sleep(pause, signal);
      }
      case 'wait':
        return this.#bear(error);
      case 'renew-token':
        return await orInterrupted(this.#renew(error), signal);
      default:
        throw error;
    }
  }

  async #renew(error: unknown): Promise<void> {
    if (this.#refused || this.#token === undefined) throw refusedAgain(error);
    this.#refused = true;
    await this.#link.tokens.renew(this.#token);
  }

  /** The endpoint rests by itself: here is only decided whether it is worth waiting for. */
  #bear(error: unknown): void {
    const { clock, throttles, throttledMs } = this.#link;
    const { lastSuccess } = throttles.of(this.#asking.endpoint);
    if (clock.now() - Math.max(this.#startedAt, lastSuccess) < throttledMs) return;
    if (!(error instanceof ThrottledError)) throw error;
    const minutes = Math.round(throttledMs / 60_000);
    const message = `${error.message} (for ${minutes} minutes without one success)`;
    throw new ThrottledError(message, retold(error, busyAdvice));
  }
}

function refusedAgain(error: unknown): unknown {
  if (!(error instanceof LarkhouseError)) return error;
  return new AuthError(`${error.message} (also after it was renewed)`, retold(error));
}
