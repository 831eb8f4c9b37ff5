// `larkhouse migrate`: the tables of the warehouse, forwards, backwards, how far they are, and the roles that
// may do something with them.

import { migrateDown, migrateUp, migrationStatus } from '../load/migrate.ts';
import { renewGrants } from '../load/roles/create.ts';
import { configure } from './configuration.ts';
import { confirmed, requireSomebody } from './confirm.ts';
import type { CommonFlags } from './flags.ts';
import type { ExitCode } from './outcome.ts';
import { placeOf } from './roles/place.ts';
import { printRoles, roles } from './roles.ts';
import { print, type Shell } from './shell.ts';
import { tableText } from './table.ts';
import { openWarehouse, type Warehouse } from './warehouse.ts';

export interface MigrateFlags extends CommonFlags {
  readonly direction: 'up' | 'down' | 'status' | 'roles';
  /** Do not ask before data are lost. */
  readonly yes: boolean;
  /** Print the statements for the roles instead of running them. */
  readonly sql: boolean;
  /** What the names of the roles begin with. */
  readonly prefix: string;
}

/** Throws ConfigError, UsageError and WarehouseError. */
export async function migrate(shell: Shell, flags: MigrateFlags): Promise<ExitCode> {
  const { config } = await configure(shell, flags, 'warehouse');
  if (flags.direction === 'roles' && flags.sql) return printRoles(shell, flags, config.warehouse);
  const warehouse = await openWarehouse(shell, config.warehouse);
  try {
    return await ways[flags.direction](shell, flags, warehouse);
  } finally {
    await warehouse.close();
  }
}

async function up(shell: Shell, flags: MigrateFlags, warehouse: Warehouse): Promise<ExitCode> {
  const { url, schema, pool } = warehouse;
  const names = await migrateUp(url, schema);
  const granted = await renewGrants(pool, placeOf(warehouse));
  const done =
    names.length === 0
      ? `Schema ${schema} is up to date.`
      : `Applied to schema ${schema}: ${names.join(', ')}.`;
  const also =
    granted === undefined ? '' : ` ${Object.values(granted).join(', ')} have their privileges.`;
  tell(shell, flags, { applied: names, roles: granted ?? null }, `${done}${also}`);
  return 0;
}

async function down(
  shell: Shell,
  flags: MigrateFlags,
  { url, schema }: Warehouse,
): Promise<ExitCode> {
  const states = await migrationStatus(url, schema);
  const newest = states.findLast(({ appliedAt }) => appliedAt !== undefined);
  if (newest === undefined) {
    tell(shell, flags, { reverted: [] }, `Schema ${schema} has no migration to take back.`);
    return 0;
  }
  const question = `Take back ${newest.name} in schema ${schema}, with all data of its tables?`;
  if (!flags.yes) requireSomebody(shell, 'migrate down loses data');
  if (!flags.yes && !(await confirmed(shell, question))) {
    tell(shell, flags, { reverted: [] }, 'Nothing was changed.');
    return 1;
  }
  const names = await migrateDown(url, schema);
  tell(shell, flags, { reverted: names }, `Taken back in schema ${schema}: ${names.join(', ')}.`);
  return 0;
}

async function showStatus(
  shell: Shell,
  flags: MigrateFlags,
  { url, schema }: Warehouse,
): Promise<ExitCode> {
  const states = await migrationStatus(url, schema);
  const migrations = states.map(({ name, appliedAt }) => ({ name, applied_at: appliedAt ?? null }));
  const rows = states.map(({ name, appliedAt }) => [name, appliedAt?.toISOString() ?? 'pending']);
  tell(
    shell,
    flags,
    { schema, migrations },
    tableText([{ title: 'migration' }, { title: 'applied' }], rows),
  );
  return 0;
}

const ways = { up, down, status: showStatus, roles };

function tell(shell: Shell, { json, quiet }: MigrateFlags, data: object, text: string): void {
  if (json) print(shell, JSON.stringify(data));
  else if (!quiet) print(shell, text);
}
