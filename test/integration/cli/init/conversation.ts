// `larkhouse init` as a process that takes its pipes for a terminal, and a person who answers it.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const entry = fileURLToPath(new URL('../../../../src/cli/main.js', import.meta.url));

// There is no pseudo-terminal without native code; what matters of one is what Node says of it.
const pretence = `import process from 'node:process';
process.stdin.isTTY = true;
process.stdin.setRawMode = () => process.stdin;
process.stderr.isTTY = true;
process.stderr.columns = 80;
process.stderr.hasColors = () => false;`;

/** Keys, once this question is open, or what happens then and gives them. After the last answer nobody is there any more. */
export type Answer = readonly [question: string, keys: string | (() => string)];

export const enter = '\r';
export const down = '\u001b[B';
export const space = ' ';
export const ctrlC = '\u0003';

export interface Talk {
  readonly code: number | null;
  /** All that was shown, without what steers terminals. */
  readonly shown: string;
  /** The same as it was sent. */
  readonly raw: string;
  readonly stdout: string;
}

export interface Where {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly isTerminal?: boolean;
  /** What a pipe gives, where there is no terminal. */
  readonly stdin?: string;
}

/** Answers question after question; fails when the command ends before they are all asked. */
export async function talk(
  args: readonly string[],
  answers: readonly Answer[],
  where: Where,
): Promise<Talk> {
  const { child, ended } = begin(args, where);
  const waiting = [...answers];
  let raw = '';
  let seen = 0;
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    raw += piece;
    const shown = stripVTControlCharacters(raw);
    for (let [next] = waiting; next !== undefined; [next] = waiting) {
      const [question, answer] = next;
      const at = shown.indexOf(`◆  ${question}`, seen);
      if (at < 0) return;
      seen = at + question.length;
      waiting.shift();
      const keys = typeof answer === 'string' ? answer : answer();
      child.stdin?.write(keys);
      // A pipe that stays open keeps a process for a while; a terminal does not.
      if (waiting.length === 0) child.stdin?.end();
    }
  });
  const { code, stdout } = await ended;
  const shown = stripVTControlCharacters(raw);
  assert.deepEqual(waiting, [], `not asked; shown was:\n${shown}`);
  return { code, shown, raw, stdout };
}

interface Begun {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string }>;
}

function begin(args: readonly string[], { cwd, env, isTerminal = true, stdin }: Where): Begun {
  const preload = `data:text/javascript,${encodeURIComponent(pretence)}`;
  const child = spawn(
    process.execPath,
    [...(isTerminal ? ['--import', preload] : []), entry, ...args],
    {
      cwd,
      env: { PATH: process.env['PATH'], TERM: 'xterm', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  // It may leave before it has read everything.
  child.stdin?.on('error', () => undefined);
  if (!isTerminal) child.stdin?.end(stdin ?? '');
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    stdout += piece;
  });
  const ended = new Promise<{ code: number | null; stdout: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout }));
  });
  return { child, ended };
}
