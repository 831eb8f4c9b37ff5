// People and programs who log in to a database of a test with the roles of larkhouse. Roles belong to the whole
// server: each test has a prefix of its own, and drops what has it once its database is gone.

import { randomBytes } from 'node:crypto';
import { Client, type QueryResultRow } from 'pg';
import { type Roles, rolesOf } from '../../src/load/roles/names.ts';
import { serverVariable } from '../postgres.ts';

const password = 'a password of a test';

export interface Logins {
  readonly prefix: string;
  /** The group roles; made by the test. */
  readonly roles: Roles;
  /** Makes somebody who has these roles, or none; gives the URL to connect with. */
  add(name: string, granted?: readonly string[], attributes?: string): Promise<string>;
  /** Drops the group roles and everybody. The database must be gone. */
  drop(): Promise<void>;
}

export function loginsOf(databaseUrl: string): Logins {
  const prefix = `test_${randomBytes(5).toString('hex')}`;
  const roles = rolesOf(prefix);
  return {
    prefix,
    roles,
    async add(name, granted = [], attributes = '') {
      const role = `${prefix}_login_${name}`;
      await onServer(`create role ${role} login password '${password}' ${attributes}`);
      for (const group of granted) await onServer(`grant ${group} to ${role}`);
      const url = new URL(databaseUrl);
      url.username = role;
      url.password = password;
      return url.href;
    },
    async drop() {
      const { rows } = await onServer<{ name: string }>(
        `select quote_ident(rolname) as name from pg_roles where rolname like '${prefix.replaceAll('_', '\\_')}\\_%'`,
      );
      for (const { name } of rows) await onServer(`drop role ${name}`);
    },
  };
}

async function onServer<Row extends QueryResultRow>(text: string) {
  const server = new Client({ connectionString: process.env[serverVariable] });
  await server.connect();
  try {
    return await server.query<Row>(text);
  } finally {
    await server.end();
  }
}
