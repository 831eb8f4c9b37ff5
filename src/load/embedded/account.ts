// Who runs Postgres: the user of the command, or, for root (whom Postgres refuses), another account of the machine.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { WarehouseError } from '../../errors.ts';

/** The ids that Postgres runs under. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** What a server process inherits: nothing of ours, since anyone with its user can read its environment. */
export const serverEnvironment: Readonly<Record<string, string>> = { LC_ALL: 'C', TZ: 'UTC' };

/**
 * The account for a new cluster; undefined when the command's own user will do.
 * @throws {WarehouseError} as root, when the machine has neither a user `postgres` nor `nobody`.
 */
export async function serverAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const passwd = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const [name, , uid, gid] = passwd.find(([name]) => name === wanted) ?? [];
    if (name !== undefined) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new WarehouseError(
    'Postgres does not run as root, and this machine has no other account for it',
    {
      hint: 'run larkhouse as an ordinary user, or give it a warehouse.url',
    },
  );
}

/** Whether the account can enter the folder, and every folder above it. */
export async function canEnter(account: Account | undefined, folder: string): Promise<boolean> {
  return execute(account, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder]).then(
    () => true,
    () => false,
  );
}

/**
 * Runs a program to its end as the account and gives what it printed.
 * @throws whatever the program's exit or its absence raised, with `stderr`.
 */
export async function execute(
  account: Account | undefined,
  program: string,
  args: readonly string[],
  input = '',
): Promise<string> {
  const child = spawn(program, args, {
    ...ids(account),
    env: serverEnvironment,
    cwd: '/',
    // Ctrl-C on the terminal is meant for larkhouse: what it has begun to create is finished.
    detached: true,
  });
  child.stdin.on('error', () => undefined).end(input);
  const [[code, signal], stdout, stderr] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ]);
  if (code === 0) return stdout;
  throw Object.assign(new Error(`${program} ended with ${code ?? signal}`), { stderr });
}

/** The options of a spawn that make it run as the account. */
export function ids(account: Account | undefined): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid, gid: account.gid };
}
