// Tells a program of the operator's: the event as JSON on its standard input, no shell in between.

import { spawn } from 'node:child_process';
import { LarkhouseError } from '../../errors.ts';

const patienceMs = 30_000;

/** The program could not be run, or said that it failed. */
export class CommandError extends LarkhouseError {
  override readonly name = 'CommandError' as const;
}

/** Throws CommandError. What the program prints is dropped. `timeoutMs` is for tests. */
export function runCommand(
  words: readonly string[],
  input: string,
  { cwd, timeoutMs = patienceMs }: { readonly cwd: string; readonly timeoutMs?: number },
): Promise<void> {
  const [program = '', ...args] = words;
  return new Promise((resolve, reject) => {
    const fail = (how: string): void => {
      reject(
        new CommandError(`the program ${program} of notify.command ${how}`, {
          hint: 'run it by hand with a JSON object on its standard input',
        }),
      );
    };
    const child = spawn(program, args, {
      cwd,
      stdio: ['pipe', 'ignore', 'ignore'],
      signal: AbortSignal.timeout(timeoutMs),
      killSignal: 'SIGKILL',
      windowsHide: true,
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.name === 'AbortError') fail(`has not ended within ${timeoutMs / 1000} s`);
      else fail(`cannot be run (${error.code ?? error.name})`);
    });
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else fail(code === null ? `was ended by ${signal}` : `ended with exit code ${code}`);
    });
    // Who does not care for the event may leave it unread.
    child.stdin?.on('error', () => undefined).end(input);
  });
}
