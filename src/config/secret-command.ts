// A secret from the standard output of a command: a password manager, a vault, a decrypting tool.

import { type ExecFileException, execFile } from 'node:child_process';
import { type Fault, type Found, longestSecret, secretIn } from './found.ts';

const patienceMs = 30_000;

/**
 * Runs a command, without a shell, in this folder. What it says on its standard error is dropped: only
 * the command knows whether it holds the secret.
 */
export function runSecretCommand(
  words: readonly string[],
  cwd: string,
  timeoutMs: number = patienceMs,
): Promise<Found> {
  const [program, ...args] = words;
  if (program === undefined) return Promise.resolve(nameless);
  const options = {
    cwd,
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: longestSecret,
    encoding: 'buffer',
    windowsHide: true,
  } as const;
  const run = new Promise<Found>((resolve) => {
    const child = execFile(program, args, options, (error, stdout) => {
      const found = secretIn(stdout, `the output of the command ${program}`);
      resolve(error === null ? found : faultOf(error, program, timeoutMs));
    });
    // Nobody answers what it may ask.
    child.stdin?.on('error', () => undefined).end();
  });
  // An argument that no system takes, like one with U+0000: the error quotes it.
  return run.catch(() => ({ message: `the command ${program} cannot be run`, suggestion: advice }));
}

const nameless: Fault = {
  message: 'names no command',
  suggestion: 'write exec: and a command that prints the secret',
};

function faultOf(error: ExecFileException, program: string, timeoutMs: number): Fault {
  const { code, killed, signal } = error;
  const failed = (how: string, suggestion = advice): Fault => ({
    message: `the command ${program} ${how}`,
    suggestion,
  });
  if (code === 'ENOENT') {
    return failed('is not found', 'name a program in PATH, or its file; a shell is not used');
  }
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
    return failed(`gave more than ${longestSecret} bytes`);
  }
  if (killed === true) return failed(`has not ended within ${timeoutMs / 1000} s`);
  if (typeof code === 'number') return failed(`ended with exit code ${code}`);
  return failed(signal ? `was ended by ${signal}` : `cannot be run (${code})`);
}

const advice =
  'run it by hand to see why: what it says is not shown here, for it may hold the secret';

export const unclosed: Fault = {
  message: 'is a command with a quote that is not closed',
  suggestion: 'blanks within a word need quotes around it, of one kind',
};

/** The words of a command; '..' and ".." hold blanks together. Undefined where a quote is not closed. */
export function wordsOf(command: string): readonly string[] | undefined {
  if (command.replace(/"[^"]*"|'[^']*'|[^"']/g, '') !== '') return undefined;
  const words = command.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}
