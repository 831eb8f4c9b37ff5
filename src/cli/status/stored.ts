// How many rows of a stream the warehouse holds: counted, or estimated where counting would take long.

import type { Pool } from 'pg';
import { isObject, type Json, objectsOf } from '../../json.ts';
import { qualified } from '../../load/identifier.ts';
import { query } from '../../load/pool.ts';
import type { Table } from '../../stream.ts';

/** Rows of a stream's first table that are not marked deleted. */
export interface StoredRows {
  readonly rows: number;
  readonly isEstimate: boolean;
}

/** A million takes about 0.1 s. */
const million = 1_000_000;

/** Counts so many at most. Throws SchemaError and WarehouseError. */
export async function storedRows(
  pool: Pool,
  { schema, source }: { readonly schema: string; readonly source: string },
  { name, marksDeletion }: Pick<Table, 'name' | 'marksDeletion'>,
  countedAtMost: number = million,
): Promise<StoredRows> {
  const there = marksDeletion === true ? ' and deleted_at is null' : '';
  const matching = `from ${qualified(schema, name)} where source = $1${there}`;
  const [counted] = await query<{ rows: number }>(
    pool,
    `select count(*)::float8 as rows from (select ${matching} limit ${countedAtMost + 1}) found`,
    [source],
  );
  const rows = counted?.rows ?? 0;
  if (rows <= countedAtMost) return { rows, isEstimate: false };
  const plans = await query<{ 'QUERY PLAN': Json }>(
    pool,
    `explain (format json) select ${matching}`,
    [source],
  );
  return { rows: Math.max(rows, plannedRows(plans[0]?.['QUERY PLAN'])), isEstimate: true };
}

/** What the planner expects, of `[{ "Plan": { "Plan Rows": n } }]`. */
function plannedRows(explained: Json | undefined): number {
  const [first] = objectsOf(explained);
  const plan = first?.['Plan'];
  const rows = isObject(plan) ? plan['Plan Rows'] : undefined;
  return typeof rows === 'number' ? rows : 0;
}
