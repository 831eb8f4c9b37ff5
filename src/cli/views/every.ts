// Every view of a configuration brought up to date, whoever asks for it.

import type { Config } from '../../config/schema.ts';
import { renewGrants } from '../../load/roles/create.ts';
import { everyStream } from '../../modules/everything.ts';
import { rebuildViews, type ViewOutcome } from '../../views/rebuild.ts';
import { placeOf } from '../roles/place.ts';
import type { Warehouse } from '../warehouse.ts';

/** Brings them all up to date, and lets the roles read them. Throws SchemaError and WarehouseError. */
export async function viewsOf(
  { sources }: Pick<Config, 'sources'>,
  warehouse: Pick<Warehouse, 'pool' | 'schema' | 'viewsSchema'>,
): Promise<readonly ViewOutcome[]> {
  const { pool, schema, viewsSchema } = warehouse;
  const tables = everyStream
    .flatMap((stream) => [...stream.tables])
    .filter(({ bookkeeping }) => bookkeeping !== true);
  const zones = sources.flatMap(({ name, modules: { attendance } }) =>
    attendance === undefined ? [] : [[name, attendance.timeZone] as const],
  );
  const schemas = { data: schema, views: viewsSchema };
  const outcomes = await rebuildViews(pool, schemas, { tables, zones: new Map(zones) });
  await renewGrants(pool, placeOf(warehouse));
  return outcomes;
}
