// How a command ends: its exit code, and any error as one paragraph for people.

import { asSentence, ConfigError, describe, InterruptedError, LarkhouseError } from '../errors.ts';

/** 0 complete or skipped; 1 incomplete; 2 usage or configuration; 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 130;

/** Somebody asks for something that does not exist: a flag, a source, a stream. */
export class UsageError extends LarkhouseError {
  override readonly name = 'UsageError' as const;
}

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof ConfigError || error instanceof UsageError) return 2;
  return error instanceof InterruptedError ? 130 : 1;
}

/** Whether the arguments ask for everything that is known of an error. */
export function asksForDebug(args: readonly string[]): boolean {
  return args.includes('debug') || args.includes('--log-level=debug');
}

/** The error as people read it; with its stack only where that is asked for. */
export function paragraphOf(error: unknown, { stack }: { readonly stack: boolean }): string {
  const isUnexpected = error instanceof Error && !(error instanceof LarkhouseError);
  const trace =
    stack && error instanceof Error && error.stack !== undefined ? `\n${error.stack}` : '';
  const next =
    isUnexpected && !stack
      ? ' Next: run it again with --log-level debug and report what it prints.'
      : '';
  const said = describe(error);
  return `larkhouse: ${next === '' ? said : asSentence(said)}${next}${trace}`;
}
