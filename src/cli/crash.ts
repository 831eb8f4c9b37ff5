// The end that nobody foresaw: one sentence on stderr and exit code 1. What an unknown error says may
// quote anything, so it is shown only where that was asked for.

import { asSentence, LarkhouseError } from '../errors.ts';
import { paragraphOf } from './outcome.ts';
import { complain, type Shell } from './shell.ts';

/** Listens for whatever is thrown where nobody catches it. `debug`: say all that is known, without secrets. */
export function onCrash(shell: Shell, debug: boolean): void {
  const crash = (error: unknown): void => {
    complain(shell, debug ? paragraphOf(error, { stack: true }) : sentenceOf(error));
    process.exit(1);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  // Should Node write a diagnostic report, then without the environment.
  if (process.report !== undefined) process.report.excludeEnv = true;
}

function sentenceOf(error: unknown): string {
  if (error instanceof LarkhouseError) return paragraphOf(error, { stack: false });
  const name = error instanceof Error ? error.name : 'value';
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  const place = placeOf(error);
  const where = place === undefined ? '' : ` at ${place}`;
  const what = asSentence(`larkhouse: an unforeseen ${name}${code}${where} ended the run`);
  return `${what} Next: run it again with --log-level debug and report what it prints.`;
}

/** The first place of larkhouse's own in the stack, like src/replicate.ts:40. */
function placeOf(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = stack.split('\n').filter((line) => /^ +at /.test(line));
  const places = frames.map(
    (line) => /\/((?:src|migrations)\/[\w/.-]+:\d+):\d+\)?$/.exec(line)?.[1],
  );
  return places.find((place) => place !== undefined);
}
