// `larkhouse reset`: forgets how far streams have been read, and with --purge what was read.

import { LarkhouseError } from '../errors.ts';
import { type Forgotten, forget, forgettable, type Oblivion } from '../load/forget.ts';
import { openLease, sourceLock } from '../load/lease.ts';
import { Cleanup } from './cleanup.ts';
import { configure } from './configuration.ts';
import { confirmed, requireSomebody } from './confirm.ts';
import type { CommonFlags } from './flags.ts';
import type { ExitCode } from './outcome.ts';
import { offersOf, selectNamed } from './selection.ts';
import { complain, print, type Shell } from './shell.ts';
import { tableText } from './table.ts';
import { openWarehouse, type Warehouse, warehouseExists } from './warehouse.ts';
import { count, plural } from './words.ts';

export interface ResetFlags extends CommonFlags {
  /** Name of a stream or module. */
  readonly stream: string;
  readonly purge: boolean;
  /** Do not ask before anything goes. */
  readonly yes: boolean;
}

/** Throws ConfigError, UsageError, WarehouseError, and LarkhouseError while a run holds a source. */
export async function reset(shell: Shell, flags: ResetFlags): Promise<ExitCode> {
  const { config } = await configure(shell, flags, 'warehouse');
  const { purge } = flags;
  const oblivions = selectNamed(offersOf(config), flags.stream).map((offer) => ({
    ...offer,
    purge,
  }));
  if (!flags.yes) requireSomebody(shell, `reset forgets ${purge ? 'rows' : 'cursors'}`);
  if (!(await warehouseExists(shell, config.warehouse))) {
    tell(shell, flags, [], 'There is no warehouse yet, so that there is nothing to forget.');
    return 0;
  }
  const cleanup = new Cleanup();
  try {
    const warehouse = await openWarehouse(shell, config.warehouse);
    cleanup.add(() => warehouse.close());
    if (!flags.yes && !(await agreed(shell, warehouse, oblivions))) {
      tell(shell, flags, [], 'Nothing was changed.');
      return 1;
    }
    await lease(warehouse, oblivions, cleanup);
    const gone = await forget(warehouse.pool, warehouse.schema, oblivions);
    const sources = oblivions.map(({ source }, at) => ({ source, tables: gone[at] ?? [] }));
    const next = `The next sync reads ${flags.stream} from the start.`;
    tell(shell, flags, sources, `${listing(sources)}\n\nForgotten. ${next}`);
    return 0;
  } finally {
    await cleanup.run();
  }
}

interface SourceRows {
  readonly source: string;
  readonly tables: readonly Forgotten[];
}

/** Shows at the terminal what will go, and asks. */
async function agreed(
  shell: Shell,
  { pool, schema }: Warehouse,
  oblivions: readonly Oblivion[],
): Promise<boolean> {
  const sources: SourceRows[] = [];
  for (const oblivion of oblivions) {
    sources.push({
      source: oblivion.source,
      tables: await forgettable(pool, schema, oblivion),
    });
  }
  const rows = sources.flatMap(({ tables }) => tables).reduce((sum, one) => sum + one.rows, 0);
  complain(shell, listing(sources));
  return confirmed(shell, `\nForget ${rows === 1 ? 'this row' : `these ${plural(rows, 'row')}`}?`);
}

/** One writer a source: whoever holds one may be about to commit what is forgotten here. */
async function lease(
  { pool, schema }: Warehouse,
  oblivions: readonly Oblivion[],
  cleanup: Cleanup,
): Promise<void> {
  const ours = await openLease(pool);
  cleanup.add(() => ours.release());
  for (const { source } of oblivions) {
    if (!(await ours.take(sourceLock(schema, source)))) {
      throw new LarkhouseError('another run holds the source, so that nothing was forgotten', {
        source,
        hint: 'reset again when it has ended',
      });
    }
  }
}

function listing(sources: readonly SourceRows[]): string {
  const rows = sources.flatMap(({ source, tables }) =>
    tables.map((one) => [source, one.table, count(one.rows)]),
  );
  return tableText(
    [{ title: 'source' }, { title: 'table' }, { title: 'rows', align: 'right' }],
    rows,
  );
}

function tell(
  shell: Shell,
  { json, quiet, purge }: ResetFlags,
  sources: readonly SourceRows[],
  text: string,
): void {
  if (json) print(shell, JSON.stringify({ purged: purge && sources.length > 0, sources }));
  else if (!quiet) print(shell, text);
}
