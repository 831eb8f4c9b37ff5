// A database of its own for every test that needs one, on the Postgres that test/run.ts has started.

import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

/** The environment variable by which test/run.ts names its server. */
export const serverVariable = 'LARKHOUSE_TEST_POSTGRES';

const template = 'larkhouse_template';

export interface TestDatabase {
  readonly url: string;
  /** Deletes the database, ending whatever still uses it. */
  drop(): Promise<void>;
}

/**
 * Creates a database: a copy of the migrated template when there is one, else empty.
 * @throws {Error} outside of test/run.ts, since there is no server then.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(async (server) => {
    const { rowCount } = await server.query('select from pg_database where datname = $1', [
      template,
    ]);
    await server.query(`create database ${name} ${rowCount === 0 ? '' : `template ${template}`}`);
  });
  return { url: urlOf(name), drop: () => dropDatabase(name) };
}

/**
 * Makes the template that test databases are copied from; test/run.ts does so once.
 * @param migrate brings the database at this URL to the newest schema and closes its connections.
 */
export async function prepareTemplate(migrate: (url: string) => Promise<void>): Promise<void> {
  await onServer((server) => server.query(`create database ${template}`));
  await migrate(urlOf(template));
}

/** Deletes a database, ending whatever still uses it. Autovacuum may not be ended, but ends by itself. */
export async function dropDatabase(name: string): Promise<void> {
  const denied = '42501';
  for (let attempt = 1; ; attempt += 1) {
    try {
      await onServer((server) => server.query(`drop database if exists ${name} with (force)`));
      return;
    } catch (error) {
      const isBusy = error instanceof Error && 'code' in error && error.code === denied;
      if (!isBusy || attempt === 50) throw error;
      await pause(100);
    }
  }
}

async function onServer(work: (server: Client) => Promise<unknown>): Promise<void> {
  const server = new Client({ connectionString: serverUrl() });
  await server.connect();
  try {
    await work(server);
  } finally {
    await server.end();
  }
}

function urlOf(database: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  return url.href;
}

function serverUrl(): string {
  const url = process.env[serverVariable];
  if (url !== undefined) return url;
  throw new Error('this test needs the Postgres of the test runner: make test FILES=<this file>');
}
