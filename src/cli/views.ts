// `larkhouse views`: makes what analysts read, or brings it up to date.

import type { ViewOutcome } from '../views/rebuild.ts';
import { configure } from './configuration.ts';
import type { CommonFlags } from './flags.ts';
import type { ExitCode } from './outcome.ts';
import { complain, print, type Shell } from './shell.ts';
import { tableText } from './table.ts';
import { viewsOf } from './views/every.ts';
import { openWarehouse } from './warehouse.ts';
import { plural } from './words.ts';

/** Gives 1 when a view could not be brought up to date. Throws ConfigError, SchemaError and WarehouseError. */
export async function views(shell: Shell, flags: CommonFlags): Promise<ExitCode> {
  const { config } = await configure(shell, flags, 'warehouse');
  const warehouse = await openWarehouse(shell, config.warehouse);
  try {
    const outcomes = await viewsOf(config, warehouse);
    tell(shell, flags, warehouse.viewsSchema, outcomes);
    return outcomes.some(({ status }) => status === 'kept') ? 1 : 0;
  } finally {
    await warehouse.close();
  }
}

function tell(
  shell: Shell,
  { json, quiet }: CommonFlags,
  schema: string,
  built: readonly ViewOutcome[],
): void {
  if (json) {
    print(shell, JSON.stringify({ schema, views: built }));
    return;
  }
  if (!quiet) print(shell, textOf(schema, built));
  for (const { view, reason } of built) {
    if (reason === undefined) continue;
    complain(shell, `larkhouse: the view ${schema}.${view} is not up to date: ${reason}`);
  }
}

function textOf(schema: string, built: readonly ViewOutcome[]): string {
  const rows = built.map(({ view, status }) => [view, status]);
  return [
    tableText([{ title: 'view' }, { title: 'status' }], rows),
    `\n${plural(built.length, 'view')} in schema ${schema}, without what is gone from Lark. The role of analysts reads those that show nothing personal.`,
  ].join('\n');
}
