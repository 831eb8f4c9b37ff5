// A secret from whoever runs the command: typed at the terminal, unseen, or from a pipe. Never from an
// argument, which other users of the machine can read.

import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { longestSecret, secretIn } from '../../config/found.ts';
import type { Somebody } from '../confirm.ts';
import { stopped } from '../interrupt.ts';
import { UsageError } from '../outcome.ts';

/** The secret for a place. Throws UsageError when there is none, and InterruptedError. */
export async function takeSecret(giver: Somebody, place: string): Promise<string> {
  const given =
    giver.stdin.isTTY === true
      ? { value: await typed(giver, `Secret for ${place} (it is not shown): `) }
      : secretIn(await piped(giver.stdin), 'standard input');
  if ('message' in given) throw new UsageError(`${given.message}.`, { hint: given.suggestion });
  const { value } = given;
  if (value !== '' && value === value.trim()) return value;
  throw new UsageError(`the secret ${value === '' ? 'is empty' : 'begins or ends with a blank'}.`);
}

function typed({ stdin, stderr }: Somebody, question: string): Promise<string> {
  const nowhere = new Writable({ write: (_piece, _encoding, done) => done() });
  const dialogue = createInterface({ input: stdin, output: nowhere, terminal: true });
  stderr.write(question);
  return new Promise<string>((resolve, reject) => {
    dialogue.once('line', resolve);
    dialogue.once('SIGINT', () => reject(stopped('command', 'SIGINT')));
    // Ctrl-D: nothing was typed.
    dialogue.once('close', () => resolve(''));
  }).finally(() => {
    dialogue.close();
    stderr.write('\n');
  });
}

async function piped(stdin: Somebody['stdin']): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of stdin) {
    const own = Buffer.from(piece);
    pieces.push(own);
    bytes += own.byteLength;
    if (bytes > longestSecret) break;
  }
  return Buffer.concat(pieces);
}
