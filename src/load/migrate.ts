// Brings the warehouse's schema to the newest migration, or back, one process at a time.

import knexOf, { type Knex } from 'knex';
import { Client, type ClientBase } from 'pg';
import { history, type Migration } from '../../migrations/history.ts';
import { ConfigError, WarehouseError } from '../errors.ts';
import { actFor, ownerToActFor } from './acting.ts';
import { throughDoor } from './failure.ts';
import { ident } from './identifier.ts';
import {
  addressIn,
  type ConnectionSettings,
  connectionSettings,
  inTransaction,
  openPool,
} from './pool.ts';
import { requireVersion } from './preflight.ts';
import { limits } from './transaction.ts';

const tableName = 'schema_migrations';

export interface MigrationState {
  readonly name: string;
  /** Undefined: it is pending. */
  readonly appliedAt: Date | undefined;
}

/** Runs all pending migrations; gives their names. Throws ConfigError and WarehouseError. */
export async function migrateUp(url: string, schema: string): Promise<readonly string[]> {
  refuseOdd(schema);
  return alone(url, schema, async (transaction, client) => {
    await createSchema(client, schema);
    const config = configFor(schema);
    // A lock that a killed process left: nobody else is here.
    await transaction.migrate.forceFreeMigrationsLock(config);
    return namesIn(await transaction.migrate.latest(config));
  });
}

/** Takes back the newest migration, with the data of its tables; gives its name. Throws WarehouseError. */
export function migrateDown(url: string, schema: string): Promise<readonly string[]> {
  return alone(url, schema, async (transaction, client) => {
    if ((await applied(client, schema)).size === 0) return [];
    const config = configFor(schema);
    await transaction.migrate.forceFreeMigrationsLock(config);
    return namesIn(await transaction.migrate.down(config));
  });
}

/** All migrations, oldest first, without changing anything. Throws WarehouseError. */
export async function migrationStatus(
  url: string,
  schema: string,
): Promise<readonly MigrationState[]> {
  const pool = openPool(url, { max: 1 });
  try {
    const times = await inTransaction(pool, async (client) => {
      await requireVersion(client);
      return applied(client, schema);
    });
    const names = [...new Set([...Object.keys(history), ...times.keys()])];
    return names.sort().map((name) => ({ name, appliedAt: times.get(name) }));
  } finally {
    await pool.end();
  }
}

/** Names of the migrations that have not run yet. Throws WarehouseError. */
export async function pending(url: string, schema: string): Promise<readonly string[]> {
  const states = await migrationStatus(url, schema);
  return states.filter(({ appliedAt }) => appliedAt === undefined).map(({ name }) => name);
}

/** Knex reads these in a name as places for values, as paths and as aliases, quoted or not. */
function refuseOdd(schema: string): void {
  if (!/[?.]| as /i.test(schema) && schema !== '' && Buffer.byteLength(schema) <= 63) return;
  throw new ConfigError([
    {
      path: 'warehouse.schema',
      message: `${JSON.stringify(schema)} cannot be a schema: it must have 1 to 63 bytes, and no "?", "." or " as "`,
    },
  ]);
}

async function applied(client: ClientBase, schema: string): Promise<ReadonlyMap<string, Date>> {
  const table = `${ident(schema)}.${ident(tableName)}`;
  const { rows: found } = await client.query<{ some: boolean }>(
    'select to_regclass($1) is not null as some',
    [table],
  );
  if (found[0]?.some !== true) return new Map();
  const { rows } = await client.query<{ name: string; migration_time: Date }>(
    `select name, migration_time from ${table} order by id`,
  );
  return new Map(rows.map(({ name, migration_time: time }) => [name, time]));
}

async function createSchema(client: Client, schema: string): Promise<void> {
  const { rows } = await client.query<{ may: boolean }>(
    "select has_schema_privilege(oid, 'CREATE') as may from pg_namespace where nspname = $1",
    [schema],
  );
  const { user, database } = addressIn(client);
  if (rows[0] === undefined) {
    // `create schema if not exists` would need the right even when it exists.
    await client.query(`create schema ${ident(schema)}`);
  } else if (!rows[0].may) {
    throw new WarehouseError(
      `the role ${user} may not create tables in the schema ${schema} of the database ${database}`,
      {
        sqlstate: '42501',
        hint: `let the owner of the schema run larkhouse migrate up, or run as the owner: grant usage, create on schema ${ident(schema)} to ${ident(user)}`,
      },
    );
  }
}

/**
 * The work in one transaction, while no other process migrates this schema, and in the name of the schema's
 * owner where that is to be.
 */
function alone<T>(
  url: string,
  schema: string,
  work: (transaction: Knex.Transaction, client: Client) => Promise<T>,
): Promise<T> {
  const settings = connectionSettings(url);
  return throughDoor(addressIn(new Client(settings)), () =>
    withKnex(settings, (knex) =>
      knex.transaction(async (transaction) => {
        const client: Client = await transaction.client.acquireConnection();
        await requireVersion(client);
        await client.query('set local lock_timeout = 0');
        await client.query(
          "select pg_advisory_xact_lock(hashtextextended('larkhouse:migrate:' || $1, 0))",
          [schema],
        );
        await client.query(limits);
        const owner = await ownerToActFor(client, schema);
        if (owner !== undefined) await client.query(actFor(owner));
        return work(transaction, client);
      }),
    ),
  );
}

async function withKnex<T>(
  settings: ConnectionSettings,
  work: (knex: Knex) => Promise<T>,
): Promise<T> {
  const silent = () => undefined;
  const knex = knexOf({
    client: 'pg',
    connection: { ...settings },
    pool: { min: 0, max: 1 },
    log: { warn: silent, error: silent, debug: silent, deprecate: silent },
  });
  try {
    return await work(knex);
  } finally {
    await knex.destroy();
  }
}

function configFor(schema: string): Knex.MigratorConfig {
  const source: Knex.MigrationSource<string> = {
    getMigrations: async () => Object.keys(history),
    getMigrationName: (name) => name,
    getMigration: async (name) => bound(history[name], schema),
  };
  return { tableName, schemaName: schema, migrationSource: source };
}

function bound(migration: Migration | undefined, schema: string): Knex.Migration {
  return {
    up: (knex) => migration?.up(knex, schema) ?? Promise.resolve(),
    down: (knex) => migration?.down(knex, schema) ?? Promise.resolve(),
  };
}

/** Knex answers with the batch's number and the names. */
function namesIn(answer: unknown): readonly string[] {
  const names: unknown = Array.isArray(answer) ? answer[1] : [];
  return Array.isArray(names) ? names.map(String) : [];
}
