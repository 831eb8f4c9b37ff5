// The Postgres that the configuration names, or the embedded one.

import type { Pool } from 'pg';
import type { Warehouse as Settings } from '../config/warehouse.ts';
import type { Embedded } from '../load/embedded.ts';
import { stateFolder } from './state-folder.ts';
import type { Surroundings } from './surroundings.ts';

export interface Warehouse {
  /** With the password: never to be printed. */
  readonly url: string;
  readonly schema: string;
  readonly viewsSchema: string;
  readonly pool: Pool;
  readonly embedded: Embedded | undefined;
  /** Closes connections; the embedded Postgres goes on running. */
  close(): Promise<void>;
}

/** Opens it, starting the embedded one as needed. Throws WarehouseError. */
export async function openWarehouse(
  surroundings: Surroundings,
  settings: Settings,
): Promise<Warehouse> {
  const embedded = settings.url === undefined ? await startOwn(surroundings) : undefined;
  const url = settings.url ?? embedded?.url ?? '';
  const { openPool } = await import('../load/pool.ts');
  const pool = openPool(url);
  const { schema, viewsSchema } = settings;
  return { url, schema, viewsSchema, pool, embedded, close: () => pool.end() };
}

async function startOwn(surroundings: Surroundings): Promise<Embedded> {
  const { startEmbedded } = await import('../load/embedded.ts');
  const embedded = await startEmbedded({ directory: stateFolder(surroundings) });
  surroundings.scrubber.register([new URL(embedded.url).password]);
  return embedded;
}

/** Whether there is something to open without creating it. */
export async function warehouseExists(
  surroundings: Surroundings,
  settings: Settings,
): Promise<boolean> {
  if (settings.url !== undefined) return true;
  const { embeddedStatus } = await import('../load/embedded.ts');
  return (await embeddedStatus(stateFolder(surroundings))).folder !== undefined;
}
