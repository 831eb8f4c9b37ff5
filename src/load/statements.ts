// Statements for the control tables, built by knex and run on our own connections.

import knexOf, { type Knex } from 'knex';
import type { Pool } from 'pg';
import { query } from './pool.ts';
import type { Trace } from './sink/transact.ts';

/** Builds statements; has no connection. */
export const sql: Knex = knexOf({ client: 'pg' });

/** The rows of a built statement. Throws our errors. */
export function execute<R>(pool: Pool, builder: Knex.QueryBuilder, trace?: Trace): Promise<R[]> {
  const { sql: text, bindings } = native(builder);
  return query<R>(pool, text, bindings, trace);
}

/** The statement's text and values, as pg takes them. */
export function native(builder: Knex.QueryBuilder): Knex.SqlNative {
  return builder.toSQL().toNative();
}
