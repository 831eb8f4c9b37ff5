// `larkhouse query SQL`: one statement, read only, in the warehouse; its rows on stdout.

import { configure } from './configuration.ts';
import type { CommonFlags } from './flags.ts';
import { type ExitCode, UsageError } from './outcome.ts';
import { csvOf, jsonOf, tableOf } from './query/formats.ts';
import { ask } from './query/statement.ts';
import { printAsItIs, type Shell, widthOf } from './shell.ts';
import { openWarehouse } from './warehouse.ts';

export interface QueryFlags extends CommonFlags {
  readonly sql: string;
  readonly csv: boolean;
}

/** Throws ConfigError, UsageError, WarehouseError, and LarkhouseError for a statement that Postgres refuses. */
export async function query(shell: Shell, flags: QueryFlags): Promise<ExitCode> {
  if (flags.csv && flags.json) throw new UsageError('--csv and --json exclude each other.');
  const { config } = await configure(shell, flags, 'warehouse');
  const warehouse = await openWarehouse(shell, config.warehouse);
  try {
    const answer = await ask(warehouse, flags.sql);
    const text = flags.json
      ? jsonOf(answer)
      : flags.csv
        ? csvOf(answer)
        : tableOf(answer, widthOf(shell.stdout));
    printAsItIs(shell, text);
    return 0;
  } finally {
    await warehouse.close();
  }
}
