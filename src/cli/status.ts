// `larkhouse status`: how fresh each stream is, what waits, and how the last runs went, from the warehouse only.

import { configure } from './configuration.ts';
import type { StatusFlags } from './flags.ts';
import { type ExitCode, UsageError } from './outcome.ts';
import { complain, print, type Shell, widthOf } from './shell.ts';
import { survey } from './status/survey.ts';
import { statusText } from './status/text.ts';
import { publishMetrics, tellOperators } from './sync/afterwards.ts';
import { openWarehouse, warehouseExists } from './warehouse.ts';

/** Throws ConfigError, UsageError and WarehouseError. */
export async function status(shell: Shell, flags: StatusFlags): Promise<ExitCode> {
  const { config } = await configure(shell, flags, 'warehouse');
  if (flags.notify && config.notify === undefined) {
    throw new UsageError('--notify needs to know whom to tell: add notify to the configuration');
  }
  const exists = await warehouseExists(shell, config.warehouse);
  const warehouse = exists ? await openWarehouse(shell, config.warehouse) : undefined;
  try {
    const overview = await survey(config, warehouse);
    const text = flags.json
      ? JSON.stringify(overview)
      : statusText(overview, widthOf(shell.stdout));
    if (flags.json || !flags.quiet) print(shell, text);
    const { metricsFile } = flags;
    const warn = (text: string): void => complain(shell, `larkhouse: ${text}`);
    await publishMetrics({ surroundings: shell, metricsFile, warn }, overview);
    const hasRun = overview.runs.length > 0;
    if (flags.notify && warehouse !== undefined && hasRun) {
      await tellOperators({ surroundings: shell, config, warn }, overview, warehouse);
    }
    return 0;
  } finally {
    await warehouse?.close();
  }
}
