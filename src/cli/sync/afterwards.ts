// What follows a run: views follow what changed, how Bases changed is noted, the metrics file is written,
// operators are told. A run has succeeded or failed before, and nothing here changes that: what goes wrong is a
// warning.

import { resolve } from 'node:path';
import type { Config } from '../../config/schema.ts';
import { describe, InterruptedError } from '../../errors.ts';
import { noteSchema } from '../../load/schema-history.ts';
import type { Overview } from '../status/overview.ts';
import { survey } from '../status/survey.ts';
import type { Surroundings } from '../surroundings.ts';
import { openWarehouse, type Warehouse } from '../warehouse.ts';
import type { Report } from './report.ts';
import { refreshViews } from './typed-views.ts';

export interface Aftermath {
  readonly surroundings: Surroundings;
  readonly config: Config;
  /** What --metrics-file names. */
  readonly metricsFile: string | undefined;
  /** Told what went wrong, without secrets. */
  warn(text: string): void;
}

/** After a run that began, however its streams ended. Never throws. */
export async function afterRun(
  aftermath: Aftermath,
  warehouse: Warehouse,
  report: Report,
): Promise<void> {
  const { config, warn } = aftermath;
  await attempt(warn, () => refreshViews(config, warehouse, report));
  await attempt(warn, async () => {
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
    warn(describe(error));
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
export async function afterFailure(
  { surroundings, config, warn }: Aftermath,
  error: unknown,
): Promise<void> {
  if (config.notify === undefined || error instanceof InterruptedError) return;
  const { notify } = config;
  await attempt(warn, async () => {
    const [{ channelsOf }, { tellFailure }] = await Promise.all([
      import('../notify/channels.ts'),
      import('../notify/notify.ts'),
    ]);
    const failure = { error: describe(error), at: new Date(), runId: null };
    const channels = channelsOf(notify, surroundings);
    const warehouse = await openWarehouse(surroundings, config.warehouse).catch(() => undefined);
    try {
      const told = await tellFailure(channels, failure, warehouse);
      for (const text of told) warn(text);
    } finally {
      await warehouse?.close();
    }
  });
}

/** Writes the metrics file where one is asked for. Never throws. */
export async function publishMetrics(
  { surroundings, metricsFile, warn }: Omit<Aftermath, 'config'>,
  overview: Overview,
): Promise<void> {
  if (metricsFile === undefined) return;
  const [{ familiesOf }, { metricsText }, { writeMetrics }] = await Promise.all([
    import('../metrics/families.ts'),
    import('../metrics/format.ts'),
    import('../metrics/write.ts'),
  ]);
  await attempt(warn, () =>
    writeMetrics(resolve(surroundings.cwd, metricsFile), metricsText(familiesOf(overview))),
  );
}

/** Tells what is new to them where the configuration says whom to tell. Never throws. */
export async function tellOperators(
  { surroundings, config, warn }: Omit<Aftermath, 'metricsFile'>,
  overview: Overview,
  place: Pick<Warehouse, 'pool' | 'schema'>,
): Promise<void> {
  const { notify } = config;
  if (notify === undefined) return;
  await attempt(warn, async () => {
    const [{ channelsOf }, { tellState }] = await Promise.all([
      import('../notify/channels.ts'),
      import('../notify/notify.ts'),
    ]);
    const state = { place, staleMs: notify.staleMs };
    for (const text of await tellState(channelsOf(notify, surroundings), overview, state)) {
      warn(text);
    }
  });
}

async function attempt(warn: Aftermath['warn'], work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => warn(describe(error)));
}
