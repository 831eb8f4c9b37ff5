// What is loaded already, for commands that only look: nothing is created to find out.

import type { Config } from '../config/schema.ts';
import { type Control, createControl } from '../load/control.ts';
import { pending } from '../load/migrate.ts';
import { createReplica } from '../load/replica.ts';
import type { Replica } from '../stream.ts';
import type { Cleanup } from './cleanup.ts';
import type { Shell } from './shell.ts';
import { emptyReplica } from './sync/rehearsal.ts';
import { openWarehouse, warehouseExists } from './warehouse.ts';

export interface Site {
  /** Undefined while there are no tables. */
  readonly control: Control | undefined;
  replica(source: string): Replica;
}

const emptySite: Site = { control: undefined, replica: () => emptyReplica };

/** Throws WarehouseError. */
export async function siteOf(
  shell: Shell,
  { warehouse }: Pick<Config, 'warehouse'>,
  cleanup: Cleanup,
): Promise<Site> {
  if (!(await warehouseExists(shell, warehouse))) return emptySite;
  const opened = await openWarehouse(shell, warehouse);
  cleanup.add(() => opened.close());
  const { url, schema, pool } = opened;
  if ((await pending(url, schema)).length > 0) return emptySite;
  return {
    control: createControl(pool, schema),
    replica: (source) => createReplica({ pool, schema, source }),
  };
}
