// SIGINT and SIGTERM: the first asks for a clean end, the second ends at once.

import { InterruptedError } from '../errors.ts';

/** The error of whatever a signal ended. */
export function stopped(what: string, signal: string): InterruptedError {
  return new InterruptedError(`the ${what} was stopped by ${signal}`);
}

/** Whether a line of an error says no more than that the run was stopped. */
export function saysStopped(line: string): boolean {
  return /\bthe run was stopped by SIG/.test(line);
}

/** Whether a line of an error says no more than that another stream stopped the source. */
export function saysNotRead(line: string): boolean {
  return /^not read(?: to the end)?, since the source was stopped: /.test(line);
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/** Calls `stop` at the first signal; a second one exits with 130. Returns how to stop listening. */
export function onInterrupt(stop: (signal: string) => void): () => void {
  let asked = false;
  const listen = (signal: NodeJS.Signals): void => {
    if (asked) process.exit(130);
    asked = true;
    stop(signal);
  };
  for (const signal of signals) process.on(signal, listen);
  return () => {
    for (const signal of signals) process.off(signal, listen);
  };
}
