// From a configuration to sources that can be read and written: the warehouse made ready, each source
// leased, the run recorded. Whatever is opened is filed under `cleanup`.

import type { Config } from '../../config/schema.ts';
import type { Source as SourceSettings } from '../../config/source.ts';
import { connect } from '../../extract/connect.ts';
import { type Control, createControl, type Run } from '../../load/control.ts';
import { acquireLease } from '../../load/lease.ts';
import { migrateUp, pending } from '../../load/migrate.ts';
import { preflight } from '../../load/preflight.ts';
import { createReplica } from '../../load/replica.ts';
import { createSink } from '../../load/sink.ts';
import type { Source } from '../../run.ts';
import type { Replica, Sink, Stream } from '../../stream.ts';
import type { Cleanup } from '../cleanup.ts';
import { meteredCalls, monthOf } from '../metered.ts';
import { type Allow, monthlyLimit, runLimit } from '../quota.ts';
import type { Offer } from '../selection.ts';
import { version } from '../version.ts';
import type { Warehouse } from '../warehouse.ts';
import { countingSink, emptyReplica, Rehearsal } from './rehearsal.ts';

export interface Wanted {
  readonly config: Config;
  /** The streams of each source that are to run. */
  readonly offers: readonly Offer[];
  readonly warehouse: Warehouse;
  readonly dryRun: boolean;
  readonly maxRequests: number | undefined;
  readonly signal: AbortSignal;
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
  const { warehouse, dryRun, signal, offers } = wanted;
  const control = createControl(warehouse.pool, warehouse.schema);
  const isMigrated = await makeReady(wanted);
  signal.throwIfAborted();
  const free = dryRun ? offers : await leased(wanted, cleanup);
  const months = isMigrated ? await monthsOf(wanted.config, control) : new Map<string, Allow>();
  const isNeeded = !dryRun && free.length > 0;
  const run = isNeeded ? await control.begin('sync', version()) : undefined;
  const limit = runLimit(wanted.maxRequests);
  const sources = free.flatMap((offer) => {
    const settings = wanted.config.sources.find(({ name }) => name === offer.source);
    if (settings === undefined) return [];
    const month = months.get(offer.source) ?? monthFrom(settings, 0);
    const places = placesFor(offer, { warehouse, runId: run?.id, isMigrated });
    const allow: Allow = (endpoint) => {
      month(endpoint);
      limit(endpoint);
    };
    return [sourceOf({ settings, streams: offer.streams, allow, ...places }, cleanup)];
  });
  return { sources, busy: offers.filter((offer) => !free.includes(offer)), control, run };
}

/** Whether the tables are there afterwards. */
async function makeReady({ warehouse, dryRun, step }: Wanted): Promise<boolean> {
  const { url, schema, pool } = warehouse;
  const missing = await pending(url, schema);
  if (missing.length > 0) {
    if (dryRun) return false;
    step(`creating the tables in schema ${schema}`);
    await migrateUp(url, schema);
  }
  if (!dryRun) await preflight(pool, schema);
  return true;
}

async function leased({ warehouse, offers }: Wanted, cleanup: Cleanup): Promise<readonly Offer[]> {
  const ours: Offer[] = [];
  for (const offer of offers) {
    const lease = await acquireLease(warehouse.pool, warehouse.schema, offer.source);
    if (lease === undefined) continue;
    cleanup.add(() => lease.release());
    ours.push(offer);
  }
  return ours;
}

async function monthsOf(config: Config, control: Control): Promise<ReadonlyMap<string, Allow>> {
  const months = new Map<string, Allow>();
  for (const settings of config.sources) {
    const used = await control.monthlyUsage(settings.name, monthOf(Date.now()));
    months.set(settings.name, monthFrom(settings, meteredCalls(used)));
  }
  return months;
}

function monthFrom({ name, quota }: SourceSettings, used: number): Allow {
  if (quota === undefined) return () => undefined;
  return monthlyLimit({ source: name, monthlyCalls: quota.monthlyCalls, used });
}

interface Places {
  readonly sink: Sink;
  readonly replica: Replica;
}

function placesFor(
  { source, streams }: Offer,
  at: {
    readonly warehouse: Warehouse;
    readonly runId: number | undefined;
    readonly isMigrated: boolean;
  },
): Places {
  const { pool, schema } = at.warehouse;
  const replica = at.isMigrated ? createReplica({ pool, schema, source }) : emptyReplica;
  if (at.runId !== undefined) {
    return { sink: createSink({ pool, schema, source, runId: at.runId }), replica };
  }
  const rehearsal = new Rehearsal(replica, streams);
  return { sink: countingSink(rehearsal), replica: rehearsal };
}

interface Parts extends Places {
  readonly settings: SourceSettings;
  readonly streams: readonly Stream[];
  readonly allow: Allow;
}

function sourceOf({ settings, ...parts }: Parts, cleanup: Cleanup): Source {
  const { name, baseUrl, auth } = settings;
  const connection = connect({ source: name, baseUrl, auth, version: version() });
  cleanup.add(() => connection.close());
  return { name, ...parts, lark: (meter, signal) => connection.lark(meter, signal) };
}
