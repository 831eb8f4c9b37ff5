// What is known of a running server: its pid file, and whether that process really is this cluster's.

import { execFile } from 'node:child_process';
import { readFile, readlink, rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { Client, DatabaseError } from 'pg';
import { WarehouseError } from '../../errors.ts';
import type { Home } from './home.ts';

/** A server process of a cluster. It may still be starting, or already stopping. */
export interface Postmaster {
  readonly pid: number;
  /** Undefined in the first moments of a start. */
  readonly port: number | undefined;
}

/** The server that runs on this cluster; undefined when none does. */
export async function findPostmaster(home: Home): Promise<Postmaster | undefined> {
  const [pid, data, , port] = (await pidFile(home)).split('\n');
  if (pid === undefined || data !== home.data) return undefined;
  return (await isServer(Number(pid), home.data))
    ? { pid: Number(pid), port: Number(port) || undefined }
    : undefined;
}

/**
 * Takes away a pid file whose process lives but is another program: after a crash of the machine the number may
 * have been given anew, or the files were copied from a running cluster, and Postgres would refuse to start.
 */
export async function clearStalePid(home: Home): Promise<void> {
  const judged = await pidFile(home);
  if (judged === '' || (await findPostmaster(home)) !== undefined) return;
  const file = `${home.data}/postmaster.pid`;
  const aside = `${file}.stale-${process.pid}`;
  await rename(file, aside).catch(() => undefined);
  const moved = await readFile(aside, 'utf8').catch(() => judged);
  // Another command may have started a server between the look and the move: that file goes back.
  if (moved === judged) await rm(aside, { force: true });
  else await rename(aside, file);
}

/**
 * Whether the server lets its owner in, which proves by a password that both sides know that it is ours and ready.
 * False while it starts or stops.
 * @throws {WarehouseError} when it refuses for any other reason: waiting would not help.
 */
export async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch (cause) {
    if (!(cause instanceof DatabaseError) || cause.code === cannotConnectNow) return false;
    throw new WarehouseError(`the embedded Postgres refuses a connection: ${cause.message}`, {
      cause,
      ...(cause.code === undefined ? {} : { sqlstate: cause.code }),
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The SQLSTATE of a server that starts or stops. */
const cannotConnectNow = '57P03';

/** Whether a process of this number exists, whoever's it is. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function pidFile(home: Home): Promise<string> {
  return await readFile(`${home.data}/postmaster.pid`, 'utf8').catch(() => '');
}

/** A server works in its data folder. Where that cannot be seen, the program's name has to do. */
async function isServer(pid: number, data: string): Promise<boolean> {
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  if (folder !== undefined) return folder === data;
  return /^(postgres|postmaster)\b/.test(basename(await programOf(pid)));
}

async function programOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return line.split('\0')[0] ?? '';
  }
  return await promisify(execFile)('/bin/ps', ['-p', String(pid), '-o', 'comm=']).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
}
