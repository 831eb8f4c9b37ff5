// Databases for trials: copies of one another, made and dropped beside the ones of test/postgres.ts.

import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { dropDatabase, serverVariable } from '../../postgres.ts';

/** A database of a trial, by its URL with the password. */
export interface Copied {
  readonly url: string;
  drop(): Promise<void>;
}

/** A copy of the database at this URL, which nobody may be connected to; an empty one without a URL. */
export async function copyOf(url: string | undefined): Promise<Copied> {
  const name = `trial_${randomBytes(6).toString('hex')}`;
  const origin = url === undefined ? 'template1' : new URL(url).pathname.slice(1);
  await onServer(`create database ${name} template ${origin}`);
  const own = new URL(process.env[serverVariable] ?? '');
  own.pathname = `/${name}`;
  return { url: own.href, drop: () => dropDatabase(name) };
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: process.env[serverVariable] });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
