// `larkhouse report`: how sources stand and what runs did, as one page for browsers. Asks no tenant.

import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LarkhouseError, SchemaError } from '../errors.ts';
import { migrationStatus } from '../load/migrate.ts';
import { configure } from './configuration.ts';
import type { CommonFlags } from './flags.ts';
import type { ExitCode } from './outcome.ts';
import { reportPage } from './report/page.ts';
import { noRecords, type Records, readRecords } from './report/read.ts';
import { complain, print, type Shell } from './shell.ts';
import { survey } from './status/survey.ts';
import { openWarehouse, type Warehouse, warehouseExists } from './warehouse.ts';

export interface ReportFlags extends CommonFlags {
  /** A file, or - for stdout. */
  readonly out: string;
}

/** The page could not be written. */
class ReportError extends LarkhouseError {
  override readonly name = 'ReportError' as const;
}

/** Throws ConfigError, UsageError, SchemaError, WarehouseError and ReportError. */
export async function report(shell: Shell, flags: ReportFlags): Promise<ExitCode> {
  const { config } = await configure(shell, flags, 'warehouse');
  const exists = await warehouseExists(shell, config.warehouse);
  const warehouse = exists ? await openWarehouse(shell, config.warehouse) : undefined;
  try {
    const isMigrated = warehouse !== undefined && (await migratedIn(warehouse));
    const place = isMigrated ? warehouse : undefined;
    const overview = await survey(config, place);
    const sources = overview.sources.map(({ source }) => source);
    const records: Records =
      place === undefined
        ? noRecords
        : await readRecords(place.pool, place.schema, { sources, at: overview.at });
    await put(shell, flags, shell.scrubber.scrub(reportPage(overview, records)));
    return 0;
  } finally {
    await warehouse?.close();
  }
}

/** False where nothing ever was. Throws SchemaError where a part is missing. */
async function migratedIn({ url, schema }: Warehouse): Promise<boolean> {
  const states = await migrationStatus(url, schema);
  const missing = states.filter(({ appliedAt }) => appliedAt === undefined);
  if (missing.length === states.length) return false;
  if (missing.length === 0) return true;
  throw new SchemaError(`the schema ${schema} is older than this larkhouse`, {
    hint: 'run larkhouse migrate up, or a sync',
  });
}

async function put(shell: Shell, { out, quiet, json }: ReportFlags, page: string): Promise<void> {
  if (out === '-') {
    shell.stdout.write(page);
    return;
  }
  const path = resolve(shell.cwd, out);
  await writeFile(path, page).catch((error: NodeJS.ErrnoException) => {
    throw new ReportError(`the report cannot be written to ${path} (${error.code ?? error.name})`, {
      hint: 'name another file with --out, or - for the standard output',
    });
  });
  if (json) print(shell, JSON.stringify({ file: path }));
  else if (!quiet) complain(shell, `The report is in ${out}: open it in a browser.`);
}
