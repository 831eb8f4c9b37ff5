// What follows a run: views follow what changed, how Bases changed is noted, the metrics file is written,
// operators are told. A run has succeeded or failed before, and nothing here changes that: what goes wrong is a
// warning.

import { resolve } from 'node:path';
import type { Config } from '../../config/schema.ts';
import { describe, InterruptedError } from '../../errors.ts';
import { noteSchema } from '../../load/schema-history.ts';
import { complain, type Shell } from '../shell.ts';
import type { Overview } from '../status/overview.ts';
import { survey } from '../status/survey.ts';
import { openWarehouse, type Warehouse } from '../warehouse.ts';
import type { Report } from './report.ts';
import { refreshViews } from './typed-views.ts';

export interface Aftermath {
  readonly shell: Shell;
  readonly config: Config;
  /** What --metrics-file names. */
  readonly metricsFile: string | undefined;
}

/** After a run that began, however its streams ended. Never throws. */
export async function afterRun(
  aftermath: Aftermath,
  warehouse: Warehouse,
  report: Report,
): Promise<void> {
  const { shell, config } = aftermath;
  await warning(shell, () => refreshViews(config, warehouse, report));
  await warning(shell, async () => {
    const sources = config.sources.filter(({ modules }) => modules.base !== undefined);
    if (sources.length > 0) {
      const names = sources.map(({ name }) => name);
      await noteSchema(warehouse.pool, warehouse.schema, names);
    }
  });
  if (aftermath.metricsFile === undefined && config.notify === undefined) return;
  try {
    const overview = await survey(config, warehouse);
    await publishMetrics(aftermath, overview);
    await tellOperators(aftermath, without(busyIn(report), overview), warehouse);
  } catch (error) {
    complain(shell, `larkhouse: ${describe(error)}`);
    await afterFailure(aftermath, error);
  }
}

/** Sources that another run holds: that one tells of them. */
function busyIn({ sources }: Report): ReadonlySet<string> {
  const busy = sources.filter(({ streams }) => streams.some(({ status }) => status === 'skipped'));
  return new Set(busy.map(({ source }) => source));
}

function without(left: ReadonlySet<string>, overview: Overview): Overview {
  return { ...overview, sources: overview.sources.filter(({ source }) => !left.has(source)) };
}

/** After one that could not begin. Never throws. */
export async function afterFailure({ shell, config }: Aftermath, error: unknown): Promise<void> {
  if (config.notify === undefined || error instanceof InterruptedError) return;
  const { notify } = config;
  await warning(shell, async () => {
    const [{ channelsOf }, { tellFailure }] = await Promise.all([
      import('../notify/channels.ts'),
      import('../notify/notify.ts'),
    ]);
    const failure = { error: describe(error), at: new Date(), runId: null };
    const channels = channelsOf(notify, shell);
    const warehouse = await openWarehouse(shell, config.warehouse).catch(() => undefined);
    try {
      const told = await tellFailure(channels, failure, warehouse);
      for (const text of told) complain(shell, `larkhouse: ${text}`);
    } finally {
      await warehouse?.close();
    }
  });
}

/** Writes the metrics file where one is asked for. Never throws. */
export async function publishMetrics(
  { shell, metricsFile }: Pick<Aftermath, 'shell' | 'metricsFile'>,
  overview: Overview,
): Promise<void> {
  if (metricsFile === undefined) return;
  const [{ familiesOf }, { metricsText }, { writeMetrics }] = await Promise.all([
    import('../metrics/families.ts'),
    import('../metrics/format.ts'),
    import('../metrics/write.ts'),
  ]);
  await warning(shell, () =>
    writeMetrics(resolve(shell.cwd, metricsFile), metricsText(familiesOf(overview))),
  );
}

/** Tells what is new to them where the configuration says whom to tell. Never throws. */
export async function tellOperators(
  { shell, config }: Pick<Aftermath, 'shell' | 'config'>,
  overview: Overview,
  place: Pick<Warehouse, 'pool' | 'schema'>,
): Promise<void> {
  const { notify } = config;
  if (notify === undefined) return;
  await warning(shell, async () => {
    const [{ channelsOf }, { tellState }] = await Promise.all([
      import('../notify/channels.ts'),
      import('../notify/notify.ts'),
    ]);
    const state = { place, staleMs: notify.staleMs };
    for (const text of await tellState(channelsOf(notify, shell), overview, state)) {
      complain(shell, `larkhouse: ${text}`);
    }
  });
}

async function warning(shell: Shell, work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => complain(shell, `larkhouse: ${describe(error)}`));
}
