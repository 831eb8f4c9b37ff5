// Brings the views of analysts up to date after a run that found tables, fields or forms changed.

import type { Config } from '../../config/schema.ts';
import { WarehouseError } from '../../errors.ts';
import type { Warehouse } from '../warehouse.ts';
import type { Report } from './report.ts';

/** What these give decides which views and columns there are. */
const shaping: ReadonlySet<string> = new Set([
  'base.tables',
  'base.fields',
  'approval.definitions',
]);

const insufficientPrivilege = '42501';

/** Throws WarehouseError, with what to do where the role may not change views. */
export async function refreshViews(
  config: Config,
  warehouse: Warehouse,
  { sources }: Report,
): Promise<void> {
  const isChanged = sources
    .flatMap(({ streams }) => streams)
    .filter(({ stream }) => shaping.has(stream))
    .some(({ inserted, updated, deleted }) => inserted + updated + deleted > 0);
  if (!isChanged) return;
  const { viewsOf } = await import('../views/every.ts');
  try {
    await viewsOf(config, warehouse);
  } catch (error) {
    const isDenied =
      error instanceof WarehouseError && error.circumstances.sqlstate === insufficientPrivilege;
    if (!isDenied) throw error;
    throw new WarehouseError(
      `tables, fields or forms changed, and this role may not change the views in ${warehouse.viewsSchema}`,
      { cause: error, hint: 'run larkhouse views as a role that may act for their owner' },
    );
  }
}
