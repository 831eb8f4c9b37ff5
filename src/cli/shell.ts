// What a command has of the outside: handed to it, so that it reaches for nothing itself.

import type { Surroundings } from './surroundings.ts';
import { harmless } from './words.ts';

export interface Shell extends Surroundings {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** Writes a text and a line end to stdout, without secrets. */
export function print(shell: Shell, text: string): void {
  printAsItIs(shell, shell.scrubber.scrub(text));
}

/** The same for a result that a scrubber could spoil: rows of the warehouse, sealed secrets. */
export function printAsItIs(shell: Shell, text: string): void {
  shell.stdout.write(`${text}\n`);
}

/** Writes a text and a line end to stderr, without secrets and without what steers a terminal. */
export function complain(shell: Shell, text: string): void {
  shell.stderr.write(`${harmless(shell.scrubber.scrub(text))}\n`);
}

/** Whether texts on this stream may have colours: a terminal that has some, and no NO_COLOR. */
export function hasColors(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && stream.hasColors(env);
}

/** Columns of the terminal; undefined where there is none and lines may be of any length. */
export function widthOf(stream: NodeJS.WriteStream): number | undefined {
  return stream.isTTY === true ? stream.columns : undefined;
}
