// A throwaway Postgres with the settings of a real one: durable, fsync on. Each trial gets a database of its own.

import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { isAlive } from '../../src/load/embedded/postmaster.ts';
import { removeEmbedded, startEmbedded } from '../../src/load/embedded.ts';
import { migrateUp } from '../../src/load/migrate.ts';
import { openPool } from '../../src/load/pool.ts';
import type { Cleanup } from './cleanup.ts';

const folderPrefix = 'larkhouse-bench-';
const template = 'bench_template';

/** A migrated database. */
export interface Database {
  readonly url: string;
  rows<Row extends Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

export interface Postgres {
  /** Where files of the run may be kept. */
  readonly folder: string;
  readonly version: string;
  /** A password file for psql. */
  readonly pgpass: string;
  /** Copied from the template by files, which begins and ends with a checkpoint: no trial pays for another's. */
  database(): Promise<Database>;
}

export async function startPostgres(cleanup: Cleanup): Promise<Postgres> {
  await removeLeftovers();
  const folder = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-`));
  cleanup.add(() => removeFolder(folder));
  // As root, Postgres runs as another user, who has to pass through.
  await chmod(folder, 0o711);
  const server = await startEmbedded({ directory: folder });
  const admin = openPool(server.url);
  cleanup.add(() => admin.end());
  const { rows } = await admin.query<{ server_version: string }>('show server_version');
  await admin.query(`create database ${template}`);
  await migrateUp(at(server.url, template), 'lark');
  let count = 0;
  return {
    folder,
    version: rows[0]?.server_version ?? '',
    pgpass: server.pgpass,
    async database() {
      count += 1;
      const name = `bench_${count}`;
      await admin.query(`create database ${name} template ${template} strategy file_copy`);
      return opened(at(server.url, name), () => admin.query(`drop database ${name}`));
    },
  };
}

function opened(url: string, drop: () => Promise<unknown>): Database {
  const pool: Pool = openPool(url, { max: 2 });
  return {
    url,
    rows: async (sql, values) => (await pool.query(sql, values)).rows,
    async drop() {
      await pool.end();
      await drop();
    },
  };
}

function at(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function removeFolder(folder: string): Promise<void> {
  await removeEmbedded(folder);
  await rm(folder, { recursive: true, force: true });
}

/** Of runs that were killed before they could clean up. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const isOurs = name.startsWith(folderPrefix);
    if (!isOurs || isAlive(Number.parseInt(name.slice(folderPrefix.length), 10))) continue;
    await removeFolder(join(tmpdir(), name)).catch(() => undefined);
  }
}
