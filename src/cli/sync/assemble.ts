// From a configuration to sources that can be read and written: the warehouse made ready, each source
// leased, the run recorded. Whatever is opened is filed under `cleanup`.

import type { Config } from '../../config/schema.ts';
import { type Control, createControl } from '../../load/control.ts';
import { type Lease, openLease, sourceLock } from '../../load/lease.ts';
import { migrateUp, pending } from '../../load/migrate.ts';
import { preflight } from '../../load/preflight.ts';
import type { Run } from '../../load/runs.ts';
import type { Source } from '../../run.ts';
import type { Cleanup } from '../cleanup.ts';
import { type Allow, runLimit } from '../quota.ts';
import type { Scrubber } from '../scrub.ts';
import type { Offer } from '../selection.ts';
import { version } from '../version.ts';
import type { Warehouse } from '../warehouse.ts';
import { connectSources } from './connections.ts';
import { callsThisMonth, monthOfSource } from './months.ts';
import { noTenant } from './no-tenant.ts';
import { placesFor } from './places.ts';

/** What a run is for; `sync_runs` has it. `retry` is `sync --retry-rejected`. */
export type Command = 'sync' | 'backfill' | 'replay' | 'retry';

/** Whether the command asks the tenant anything, or makes do with what the warehouse holds. */
export function asksTenant(command: Command): boolean {
  return command === 'sync' || command === 'backfill';
}

export interface Wanted {
  readonly command: Command;
  readonly config: Config;
  /** The streams of each source that are to run. */
  readonly offers: readonly Offer[];
  readonly warehouse: Warehouse;
  readonly dryRun: boolean;
  readonly maxRequests: number | undefined;
  readonly signal: AbortSignal;
  readonly scrubber: Scrubber;
  step(text: string): void;
}

export interface Assembled {
  readonly sources: readonly Source[];
  /** Sources that another run is writing. */
  readonly busy: readonly Offer[];
  readonly control: Control;
  /** Undefined where nothing is written. */
  readonly run: Run | undefined;
}

/** Throws WarehouseError, SchemaError and InterruptedError. */
export async function assemble(wanted: Wanted, cleanup: Cleanup): Promise<Assembled> {
  const { command, warehouse, dryRun, signal, offers } = wanted;
  const control = createControl(warehouse.pool, warehouse.schema);
  const isMigrated = await makeReady(wanted);
  signal.throwIfAborted();
  const lease = dryRun ? undefined : await openLease(warehouse.pool);
  if (lease !== undefined) cleanup.add(() => lease.release());
  const free = lease === undefined ? offers : await leased(wanted, lease);
  const months = await monthsOf(wanted.config, isMigrated ? control : undefined);
  const isNeeded = lease !== undefined && free.length > 0;
  const run = isNeeded ? await control.begin(lease, command, version()) : undefined;
  const ends = lease === undefined ? signal : AbortSignal.any([signal, lease.lost]);
  const limit = runLimit(wanted.maxRequests);
  const larks = larksFor(wanted, free, cleanup);
  const sources = free.map((offer): Source => {
    const month = months.get(offer.source);
    const allow: Allow = (endpoint) => {
      month?.(endpoint);
      limit(endpoint);
    };
    const places = placesFor(offer, {
      command,
      warehouse,
      runId: run?.id,
      isMigrated,
      signal: ends,
    });
    const lark = larks.get(offer.source) ?? noTenant;
    const { source: name, streams } = offer;
    return { name, streams, ...places, lark, allow, lost: lease?.lost };
  });
  return { sources, busy: offers.filter((offer) => !free.includes(offer)), control, run };
}

/** Whether the tables are there afterwards. */
async function makeReady({ warehouse, offers, dryRun, step }: Wanted): Promise<boolean> {
  const { url, schema, pool } = warehouse;
  const missing = await pending(url, schema);
  if (missing.length > 0) {
    if (dryRun) return false;
    step(`creating the tables in schema ${schema}`);
    await migrateUp(url, schema);
  }
  const streams = offers.flatMap((offer) => offer.streams);
  if (!dryRun) await preflight(pool, schema, streams);
  return true;
}

async function leased({ warehouse, offers }: Wanted, lease: Lease): Promise<readonly Offer[]> {
  const ours: Offer[] = [];
  for (const offer of offers) {
    if (await lease.take(sourceLock(warehouse.schema, offer.source))) ours.push(offer);
  }
  if (ours.length === 0) await lease.release();
  return ours;
}

async function monthsOf(
  { sources }: Config,
  control: Control | undefined,
): Promise<ReadonlyMap<string, Allow>> {
  const months = new Map<string, Allow>();
  for (const settings of sources) {
    const used = await callsThisMonth(control, settings.name);
    months.set(settings.name, monthOfSource(settings, used));
  }
  return months;
}

function larksFor(
  { command, config, scrubber }: Wanted,
  free: readonly Offer[],
  cleanup: Cleanup,
): ReadonlyMap<string, Source['lark']> {
  if (!asksTenant(command)) return new Map();
  const names = new Set(free.map(({ source }) => source));
  return connectSources(
    config.sources.filter(({ name }) => names.has(name)),
    cleanup,
    scrubber,
  );
}
