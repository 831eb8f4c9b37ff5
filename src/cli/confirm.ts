// Asks at the terminal before data are lost.

import { createInterface } from 'node:readline/promises';
import { UsageError } from './outcome.ts';

/** Who is asked: a shell, as far as that takes one. */
export interface Somebody {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };
  readonly stderr: NodeJS.WritableStream;
}

/** Throws UsageError where nobody could be asked; it says what would be lost. */
export function requireSomebody({ stdin }: Pick<Somebody, 'stdin'>, loss: string): void {
  if (stdin.isTTY === true) return;
  throw new UsageError(`${loss} and has to be confirmed.`, { hint: 'add --yes if that is meant' });
}

/** Asks for a yes. */
export async function confirmed({ stdin, stderr }: Somebody, question: string): Promise<boolean> {
  const dialogue = createInterface({ input: stdin, output: stderr });
  try {
    return /^y(es)?$/i.test((await dialogue.question(`${question} [y/N] `)).trim());
  } finally {
    dialogue.close();
  }
}
