// Starts the server of a cluster, or joins the one that another command has started, and waits until it answers.

import { type ChildProcess, spawn } from 'node:child_process';
import { type FileHandle, open, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { WarehouseError } from '../../errors.ts';
import { type Account, ids, serverEnvironment } from './account.ts';
import type { Binaries } from './binaries.ts';
import type { Home } from './home.ts';
import { answers, clearStalePid, findPostmaster } from './postmaster.ts';

const patienceMs = 120_000;
const attempts = 5;
const logLimitBytes = 10_000_000;

const forTests = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
};

export interface Launch {
  readonly home: Home;
  readonly binaries: Binaries;
  readonly account: Account | undefined;
  /** False for a server that may lose its data with the machine, as in tests. */
  readonly durable: boolean;
  /** The address of the warehouse when the server listens on this port. */
  urlAt(port: number): string;
}

/**
 * Postgres's own pid file is the lock: of two servers started at once one gives up, and both commands join the other.
 * @throws {WarehouseError} when no server comes up.
 */
export async function launch(wanted: Launch): Promise<{ port: number; started: boolean }> {
  const deadline = Date.now() + patienceMs;
  let child: ChildProcess | undefined;
  for (let tries = 0; Date.now() < deadline; await pause(50)) {
    const server = await findPostmaster(wanted.home);
    if (server?.port !== undefined && (await answers(wanted.urlAt(server.port)))) {
      await writeFile(wanted.home.port, `${server.port}\n`);
      return { port: server.port, started: child?.pid === server.pid };
    }
    if (server !== undefined || (child !== undefined && isRunning(child))) continue;
    if (tries === attempts) throw await failure(wanted.home, 'does not start');
    await pause(200 * tries);
    tries += 1;
    await clearStalePid(wanted.home);
    child = await startServer(wanted);
  }
  throw await failure(wanted.home, `has not answered for ${patienceMs / 1000} s`);
}

/** In a session of its own, so that neither the end of the command nor a Ctrl-C on its terminal reaches it. */
async function startServer({ home, binaries, account, durable }: Launch): Promise<ChildProcess> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(await choosePort(home)),
    unix_socket_directories: '',
    ...(durable ? {} : forTests),
  };
  const log = await openLog(home);
  try {
    const child = spawn(
      join(binaries.folder, 'postgres'),
      [
        '-D',
        home.data,
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      {
        ...ids(account),
        cwd: home.folder,
        detached: true,
        env: serverEnvironment,
        stdio: ['ignore', log.fd, log.fd],
      },
    );
    // A failure to spawn shows as a child without a pid, which is tried again and then reported.
    child.on('error', () => undefined).unref();
    return child;
  } finally {
    await log.close();
  }
}

async function openLog(home: Home): Promise<FileHandle> {
  const { size } = await stat(home.log).catch(() => ({ size: 0 }));
  if (size > logLimitBytes) await rename(home.log, `${home.log}.old`);
  return await open(home.log, 'a', 0o600);
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

async function choosePort(home: Home): Promise<number> {
  const last = Number(await readFile(home.port, 'utf8').catch(() => ''));
  return (last > 0 ? await freePort(last) : undefined) ?? (await freePort(0)) ?? 0;
}

async function freePort(port: number): Promise<number | undefined> {
  const probe = createServer();
  return await new Promise((resolve) => {
    probe.once('error', () => resolve(undefined));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        resolve(address !== null && typeof address === 'object' ? address.port : undefined),
      );
    });
  });
}

async function failure(home: Home, what: string): Promise<WarehouseError> {
  const lines = (await readFile(home.log, 'utf8').catch(() => '')).trim().split('\n');
  const reason = lines.findLast((line) => line.includes('FATAL')) ?? lines.at(-1) ?? '';
  return new WarehouseError(`the embedded Postgres ${what}: ${reason}`, {
    hint: `read ${home.log}`,
  });
}
