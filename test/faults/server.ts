// A Postgres server of a test file's own, which may be stopped, crashed and started again.

import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  embeddedStatus,
  removeEmbedded,
  startEmbedded,
  stopEmbedded,
} from '../../src/load/embedded.ts';
import { migrateUp } from '../../src/load/migrate.ts';
import { prepareTemplate, serverVariable } from '../postgres.ts';

export interface Server {
  /** Shuts it down as an administrator does, and starts it again at the same address. */
  restart(): Promise<void>;
  /** Kills all of it without a word, as when power is lost, and starts it again. */
  crash(): Promise<void>;
  remove(): Promise<void>;
}

/** From now on all databases of this process are on this server. */
export async function ownServer(): Promise<Server> {
  const directory = await mkdtemp(join(tmpdir(), `larkhouse-test-${process.pid}-`));
  // As root, Postgres runs as another user, who has to pass through.
  await chmod(directory, 0o711);
  const binaries = process.env['PG_BIN'];
  const start = () => startEmbedded({ directory, ...(binaries ? { binaries } : {}) });
  process.env[serverVariable] = (await start()).url;
  await prepareTemplate(async (url) => void (await migrateUp(url, 'lark')));
  return {
    async restart() {
      await stopEmbedded(directory);
      await start();
    },
    async crash() {
      const file = join(directory, 'postgres', 'data', 'postmaster.pid');
      const pid = Number((await readFile(file, 'utf8')).split('\n')[0]);
      process.kill(pid, 'SIGKILL');
      while ((await embeddedStatus(directory)).running);
      await start();
    },
    async remove() {
      await removeEmbedded(directory);
      await rm(directory, { recursive: true });
    },
  };
}
