// Time as the client measures it: it never jumps, and every wait ends when the run does.

import { setTimeout as after } from 'node:timers/promises';
import { InterruptedError, LarkhouseError } from '../errors.ts';

export interface Clock {
  /** Monotonic ms. */
  now(): number;
  /** Throws InterruptedError as soon as the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** In [0, 1): what spreads repetitions over time. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  random: Math.random,
  async sleep(ms, signal) {
    if (signal.aborted) throw interruption(signal);
    await after(Math.ceil(ms), undefined, { signal }).catch((error: unknown) => {
      throw signal.aborted ? interruption(signal) : error;
    });
  },
};

/** The error that an aborted signal stands for. */
export function interruption(signal: AbortSignal): InterruptedError {
  const reason: unknown = signal.reason;
  return new InterruptedError(saidOf(reason), { cause: reason });
}

function saidOf(reason: unknown): string {
  if (reason instanceof InterruptedError) return reason.message;
  const isFailure = reason instanceof LarkhouseError;
  return isFailure
    ? `not read to the end, since the source was stopped: ${reason.message}`
    : 'the run was asked to stop';
}

/** The promise, or InterruptedError as soon as the signal aborts; the promise itself goes on. */
export async function orInterrupted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw interruption(signal);
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(interruption(signal));
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
