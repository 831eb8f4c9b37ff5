// Everything that analysts read, brought up to date: functions first, then the views that use them.

import type { Pool } from 'pg';
import { actFor, ownerToActFor } from '../load/acting.ts';
import { inTransaction } from '../load/pool.ts';
import { type Built, buildViews, ensureSchema } from '../load/views/build.ts';
import { type Dropped, dropStale } from '../load/views/identity.ts';
import { maskedViews } from '../load/views/masked.ts';
import type { Table } from '../stream.ts';
import { baseViews, type Schemas } from './base.ts';
import { approvalForms, baseTables } from './catalog.ts';
import { enrichedViews, type Zones } from './enriched.ts';
import { formViews } from './forms.ts';
import { createFunctions } from './functions.ts';

export type ViewOutcome = Built | Dropped;

export interface ViewOptions {
  /** Those with data of Lark. */
  readonly tables: readonly Table[];
  readonly zones: Zones;
}

/** Throws SchemaError while migrations are pending, and WarehouseError. */
export async function rebuildViews(
  pool: Pool,
  schemas: Schemas,
  { tables, zones }: ViewOptions,
): Promise<readonly ViewOutcome[]> {
  const { data, views } = schemas;
  const wanted = [
    ...(await maskedViews(pool, data, tables)),
    ...enrichedViews(schemas, zones),
    ...baseViews(schemas, await baseTables(pool, data)),
    ...formViews(schemas, await approvalForms(pool, data)),
  ];
  await ensureSchema(pool, views);
  await updateFunctions(pool, views);
  const dropped = await dropStale(pool, views, wanted);
  return [...dropped, ...(await buildViews(pool, views, wanted))];
}

/** Only those that are not yet as they should be: the others may be in use. */
async function updateFunctions(pool: Pool, schema: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ name: string; body: string }>(
      `select proname as name, prosrc as body from pg_proc
where pronamespace = (select oid from pg_namespace where nspname = $1)`,
      [schema],
    );
    const present = new Map(rows.map(({ name, body }) => [name, body]));
    const changed = createFunctions(schema).filter(({ name, body }) => present.get(name) !== body);
    if (changed.length === 0) return;
    const owner = await ownerToActFor(client, schema);
    if (owner !== undefined) await client.query(actFor(owner));
    for (const { statement } of changed) await client.query(statement);
  });
}
