// What every step of `init` works with, and how it tries an answer and tells what it found.

import { type Check, type Finding, findings } from '../check/check.ts';
import type { ConsoleApp } from '../check/console.ts';
import { findingText } from '../check/text.ts';
import { complain, hasColors, type Shell, widthOf } from '../shell.ts';
import { wrap } from '../words.ts';
import type { Dialogue } from './dialogue.ts';
import type { InitFlags } from './given.ts';

export interface Setup {
  readonly shell: Shell;
  readonly flags: InitFlags;
  /** Undefined where there is no terminal: what is wrong then ends the command. */
  readonly dialogue: Dialogue | undefined;
  readonly signal: AbortSignal;
}

/** A line for the person, beside the questions. */
export function say({ shell }: Pick<Setup, 'shell'>, text: string): void {
  complain(shell, wrap(text, widthOf(shell.stderr)));
}

/** Runs checks and tells each finding. Throws the reason of the signal. */
export async function tryAll(
  { shell, signal }: Setup,
  checks: readonly Check[],
  app?: ConsoleApp,
): Promise<readonly Finding[]> {
  const look = { width: widthOf(shell.stderr), isColored: hasColors(shell.stderr, shell.env) };
  const found: Finding[] = [];
  for await (const finding of findings(checks, signal, app)) {
    found.push(finding);
    // Made harmless already, and coloured since.
    shell.stderr.write(`${shell.scrubber.scrub(findingText(finding, null, look))}\n`);
  }
  // What the signal broke off looks like a failure.
  signal.throwIfAborted();
  return found;
}

export function failedIn(found: readonly Finding[]): readonly Finding[] {
  return found.filter(({ status }) => status === 'failed');
}
