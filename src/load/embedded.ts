// The embedded Postgres: the warehouse of those who configure none. One cluster a directory, kept running between commands.

import { lstat, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { WarehouseError } from '../errors.ts';
import { findBinaries } from './embedded/binaries.ts';
import { createCluster } from './embedded/create.ts';
import { findHome, type Home, settleHome } from './embedded/home.ts';
import { launch } from './embedded/launch.ts';
import { answers, findPostmaster } from './embedded/postmaster.ts';

const stopPatienceMs = 60_000;

export interface EmbeddedOptions {
  /** Where the cluster is kept; the data of root's may be linked from there. */
  readonly directory: string;
  /** A folder with `initdb` and `postgres`; default: those of the npm package for this platform. */
  readonly binaries?: string;
  /** False for tests: more connections, and faster by what a crash of the machine would lose. Default true. */
  readonly durable?: boolean;
}

export interface Embedded {
  /** With the password: never to be printed. */
  readonly url: string;
  readonly port: number;
  /** A libpq password file, for a command line that people can be shown. */
  readonly pgpass: string;
  /** False when it was running already. */
  readonly started: boolean;
  stop(): Promise<void>;
}

/** What `embeddedStatus` knows without starting anything. */
export interface EmbeddedStatus {
  readonly running: boolean;
  readonly port: number | undefined;
  /** Where the data really are; undefined when no cluster was ever created. */
  readonly folder: string | undefined;
}

/**
 * Joins the directory's Postgres, starting and creating it as needed. It outlives the command.
 * @throws {WarehouseError} when there are no programs for this platform, or they cannot work in this directory.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { directory, durable = true } = options;
  const { home, account } = await settleHome(directory);
  const binaries = await findBinaries(account, options.binaries);
  await createCluster(home, binaries, account, durable);
  await requireVersion(home, binaries.major);
  const password = await readPassword(home);
  const urlAt = (port: number): string => address(port, password);
  const { port, started } = await launch({ home, binaries, account, durable, urlAt });
  return {
    url: urlAt(port),
    port,
    pgpass: resolve(directory, 'postgres', 'pgpass'),
    started,
    stop: async () => void (await stopEmbedded(directory)),
  };
}

/**
 * Stops the directory's Postgres and waits for its end. False when it was not running.
 * @throws {WarehouseError} when it belongs to another user, or does not end.
 */
export async function stopEmbedded(directory: string): Promise<boolean> {
  const home = await findHome(directory);
  const server = home === undefined ? undefined : await findPostmaster(home);
  if (home === undefined || server === undefined) return false;
  try {
    // SIGINT is Postgres's fast shutdown: open transactions end, committed ones are kept.
    process.kill(server.pid, 'SIGINT');
  } catch (cause) {
    throw new WarehouseError(`cannot stop the embedded Postgres, process ${server.pid}`, {
      cause,
      hint: 'stop it as the user who started it',
    });
  }
  const deadline = Date.now() + stopPatienceMs;
  while ((await findPostmaster(home))?.pid === server.pid) {
    if (Date.now() > deadline) {
      throw new WarehouseError(
        `the embedded Postgres has not stopped within ${stopPatienceMs / 1000} s`,
        {
          hint: `read ${home.log}`,
        },
      );
    }
    await pause(20);
  }
  return true;
}

/** Whether the directory's Postgres runs and answers, and where its data are. */
export async function embeddedStatus(directory: string): Promise<EmbeddedStatus> {
  const home = await findHome(directory);
  const server = home === undefined ? undefined : await findPostmaster(home);
  if (home === undefined || server?.port === undefined) {
    return { running: false, port: undefined, folder: home?.folder };
  }
  const running = await answers(address(server.port, await readPassword(home)));
  return { running, port: server.port, folder: home.folder };
}

/** Stops the directory's Postgres and deletes its data for good. */
export async function removeEmbedded(directory: string): Promise<void> {
  await stopEmbedded(directory);
  const home = await findHome(directory);
  if (home !== undefined) await rm(home.folder, { recursive: true, force: true });
  const link = join(directory, 'postgres');
  if ((await lstat(link).catch(() => undefined)) !== undefined) await rm(link);
}

function address(port: number, password: string): string {
  return `postgres://larkhouse:${password}@127.0.0.1:${port}/larkhouse`;
}

async function readPassword(home: Home): Promise<string> {
  const text = await readFile(home.pgpass, 'utf8').catch((cause: unknown) => {
    throw new WarehouseError(`cannot read ${home.pgpass}`, {
      cause,
      hint: 'run larkhouse as the user who created the embedded Postgres, or set warehouse.url',
    });
  });
  return /:larkhouse:(\w+)$/m.exec(text)?.[1] ?? '';
}

async function requireVersion(home: Home, major: number): Promise<void> {
  const written = Number(await readFile(join(home.data, 'PG_VERSION'), 'utf8').catch(() => major));
  if (written === major) return;
  throw new WarehouseError(
    `${home.data} was written by Postgres ${written}, and the installed one is ${major}`,
    {
      hint: `dump it with Postgres ${written} and restore it, or remove the folder and sync anew`,
    },
  );
}
