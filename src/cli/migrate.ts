// `larkhouse migrate`: the tables of the warehouse, forwards, backwards, and how far they are.

import { migrateDown, migrateUp, migrationStatus } from '../load/migrate.ts';
import { configure } from './configuration.ts';
import { confirmed, requireSomebody } from './confirm.ts';
import type { CommonFlags } from './flags.ts';
import type { ExitCode } from './outcome.ts';
import { print, type Shell } from './shell.ts';
import { tableText } from './table.ts';
import { openWarehouse, type Warehouse } from './warehouse.ts';

export interface MigrateFlags extends CommonFlags {
  readonly direction: 'up' | 'down' | 'status';
  /** Do not ask before data are lost. */
  readonly yes: boolean;
}

/** Throws ConfigError, UsageError and WarehouseError. */
export async function migrate(shell: Shell, flags: MigrateFlags): Promise<ExitCode> {
  const { config } = await configure(shell, flags);
  const warehouse = await openWarehouse(shell, config.warehouse);
  try {
    if (flags.direction === 'status') return await showStatus(shell, flags, warehouse);
    const move = flags.direction === 'up' ? up : down;
    return await move(shell, flags, warehouse);
  } finally {
    await warehouse.close();
  }
}

async function up(
  shell: Shell,
  flags: MigrateFlags,
  { url, schema }: Warehouse,
): Promise<ExitCode> {
  const names = await migrateUp(url, schema);
  const none = `Schema ${schema} is up to date.`;
  tell(
    shell,
    flags,
    { applied: names },
    names.length === 0 ? none : `Applied to schema ${schema}: ${names.join(', ')}.`,
  );
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

function tell(shell: Shell, { json, quiet }: MigrateFlags, data: object, text: string): void {
  if (json) print(shell, JSON.stringify(data));
  else if (!quiet) print(shell, text);
}
