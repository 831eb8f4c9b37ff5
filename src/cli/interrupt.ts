// SIGINT and SIGTERM: the first asks for a clean end, the second ends at once.

import { InterruptedError } from '../errors.ts';

/** The error of whatever a signal ended. */
export function stopped(what: string, signal: string): InterruptedError {
  return new InterruptedError(`the ${what} was stopped by ${signal}`);
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/** A supervisor that asks for an end gives about 10 s for it before it kills. */
const patienceMs = 9000;

/** Calls `stop` at the first signal; a second one, or 9 s, exit with 130. Returns how to stop listening. */
export function onInterrupt(stop: (signal: string) => void): () => void {
  let last: NodeJS.Timeout | undefined;
  const listen = (signal: NodeJS.Signals): void => {
    if (last !== undefined) process.exit(130);
    last = setTimeout(() => process.exit(130), patienceMs);
    stop(signal);
  };
  for (const signal of signals) process.on(signal, listen);
  return () => {
    clearTimeout(last);
    for (const signal of signals) process.off(signal, listen);
  };
}
