// `larkhouse status`: how fresh each stream is and how the last runs went, from the control tables only.

import { SchemaError } from '../errors.ts';
import { createControl } from '../load/control.ts';
import { configure } from './configuration.ts';
import type { CommonFlags } from './flags.ts';
import { meteredCalls, monthOf } from './metered.ts';
import type { ExitCode } from './outcome.ts';
import { print, type Shell, widthOf } from './shell.ts';
import { type Overview, type SourceState, sourceState } from './status/overview.ts';
import { emptyHistory, type History, readHistory } from './status/read.ts';
import { statusText } from './status/text.ts';
import { openWarehouse, type Warehouse, warehouseExists } from './warehouse.ts';

/** Throws ConfigError, UsageError and WarehouseError. */
export async function status(shell: Shell, flags: CommonFlags): Promise<ExitCode> {
  const { config } = await configure(shell, flags);
  const { schema } = config.warehouse;
  const exists = await warehouseExists(shell, config.warehouse);
  const warehouse = exists ? await openWarehouse(shell, config.warehouse) : undefined;
  try {
    const history = warehouse === undefined ? emptyHistory : await historyIn(warehouse);
    const sources: SourceState[] = [];
    for (const source of config.sources) {
      const hasRun = warehouse !== undefined && history !== emptyHistory;
      const calls = hasRun ? await callsOf(warehouse, source.name) : 0;
      sources.push(sourceState(source, history, calls));
    }
    const overview: Overview = { schema, sources, runs: history.runs };
    const text = flags.json
      ? JSON.stringify(overview)
      : shell.scrubber.scrub(
          statusText(overview, { now: Date.now(), width: widthOf(shell.stdout) }),
        );
    print(shell, text);
    return 0;
  } finally {
    await warehouse?.close();
  }
}

async function historyIn({ pool, schema }: Warehouse): Promise<History> {
  try {
    return await readHistory(pool, schema);
  } catch (error) {
    // Nothing has been migrated, so nothing has run.
    if (error instanceof SchemaError) return emptyHistory;
    throw error;
  }
}

async function callsOf({ pool, schema }: Warehouse, source: string): Promise<number> {
  return meteredCalls(await createControl(pool, schema).monthlyUsage(source, monthOf(Date.now())));
}
