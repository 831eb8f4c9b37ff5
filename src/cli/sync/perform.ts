// One run of any command: opens what it needs, runs all sources side by side, reports what came of it.

import type { Config } from '../../config/schema.ts';
import { runSource } from '../../run.ts';
import { Cleanup } from '../cleanup.ts';
import { type Choice, type Configured, serve } from '../configuration.ts';
import type { Offer } from '../selection.ts';
import type { Surroundings } from '../surroundings.ts';
import { openWarehouse, type Warehouse } from '../warehouse.ts';
import { type Assembled, asksTenant, assemble, type Command } from './assemble.ts';
import type { RunEvent, StreamOfSource } from './events.ts';
import { both, recordEnd, recorder } from './record.ts';
import { idleStream, type Report, type ReportedStream, reportOf, scrubbed } from './report.ts';
import { telling } from './telling.ts';

/** How a run may be narrowed. */
export interface Limits {
  readonly full: boolean;
  readonly dryRun: boolean;
  readonly maxRequests: number | undefined;
}

/** Whoever asked for a run, as far as it hears from them and they from it. */
export interface Caller {
  readonly signal: AbortSignal;
  tell(event: RunEvent): void;
}

export interface Job extends Caller {
  readonly surroundings: Surroundings;
  readonly command: Command;
  readonly choice: Choice;
  readonly configured: Configured;
  /** The streams of each source that are to run, as they are to run. */
  readonly offers: readonly Offer[];
  readonly limits: Limits;
  /** What follows a run that began, however its streams ended. Never throws. */
  after?(warehouse: Warehouse, report: Report): Promise<void>;
}

/** What is left of a run. */
export interface Performed {
  readonly report: Report;
  /** Closed by now. */
  readonly warehouse: Warehouse;
}

/** Throws what keeps the run from beginning; whatever fails later is in the report. */
export async function perform(job: Job): Promise<Performed> {
  const startedAt = performance.now();
  const { signal, tell, offers } = job;
  const cleanup = new Cleanup();
  tell({ type: 'planned', streams: offers.flatMap(streamsOf) });
  try {
    const warehouse = await open(job, cleanup);
    const assembled = await prepare(job, warehouse, cleanup);
    const { streams, isRecorded } = await replicate(job, assembled);
    const seconds = Math.round(performance.now() - startedAt) / 1000;
    const whole = reportOf(streams, { id: assembled.run?.id, seconds });
    const isLost = !isRecorded && whole.status === 'complete';
    const report: Report = isLost ? { ...whole, status: 'incomplete' } : whole;
    await job.after?.(warehouse, report);
    return { report, warehouse };
  } catch (error) {
    // Ctrl-C reaches the programs that were started, too: their failures follow from it.
    throw signal.aborted ? signal.reason : error;
  } finally {
    await cleanup.run();
  }
}

async function open(
  { surroundings, configured, signal, tell }: Job,
  cleanup: Cleanup,
): Promise<Warehouse> {
  const settings = configured.config.warehouse;
  signal.throwIfAborted();
  if (settings.url === undefined) tell({ type: 'step', text: 'starting the embedded Postgres' });
  const warehouse = await openWarehouse(surroundings, settings);
  cleanup.add(() => warehouse.close());
  return warehouse;
}

async function prepare(job: Job, warehouse: Warehouse, cleanup: Cleanup): Promise<Assembled> {
  const { command, offers, limits, signal, tell } = job;
  signal.throwIfAborted();
  const config = asksTenant(command) ? await served(job, cleanup) : job.configured.config;
  const { dryRun, maxRequests } = limits;
  const { scrubber } = job.surroundings;
  const step = (text: string): void => tell({ type: 'step', text });
  return assemble(
    { command, config, offers, warehouse, dryRun, maxRequests, signal, scrubber, step },
    cleanup,
  );
}

/** The configuration, with the simulated tenant behind it where it needs one. */
async function served(job: Job, cleanup: Cleanup): Promise<Config> {
  const { surroundings, choice, command, configured, limits, tell } = job;
  if (configured.needsTenant) tell({ type: 'step', text: 'starting the simulated tenant' });
  const clock = command === 'sync' && !limits.dryRun ? 'move' : 'look';
  const { config, close } = await serve(surroundings, choice, { configured, clock });
  cleanup.add(close);
  return config;
}

interface Replicated {
  readonly streams: readonly ReportedStream[];
  /** False when the control tables lack something of the run. */
  readonly isRecorded: boolean;
}

async function replicate(
  { surroundings: { scrubber }, limits: { full }, signal, tell }: Job,
  { sources, busy, control, run }: Assembled,
): Promise<Replicated> {
  const skipped = busy.flatMap((offer) => streamsOf(offer).map((one) => skip(one, tell)));
  const told = telling(tell, scrubber);
  const records = run === undefined ? undefined : recorder(control, { runId: run.id, scrubber });
  const watch = records === undefined ? told : both(told, records);
  const runs = sources.map((source) => runSource(source, { full, signal, watch }));
  const ended = await Promise.all(runs).finally(() => told.close());
  const outcomes = ended.flat().map((outcome) => scrubbed(outcome, scrubber));
  const streams = [...outcomes, ...skipped];
  if (run === undefined || records === undefined) return { streams, isRecorded: true };
  const unrecorded = await recordEnd(run, outcomes, await records.close());
  if (unrecorded === undefined) return { streams, isRecorded: true };
  const text = scrubber.scrub(`the run could not be recorded: ${unrecorded}`);
  tell({ type: 'warning', text });
  return { streams, isRecorded: false };
}

function skip(stream: StreamOfSource, tell: Caller['tell']): ReportedStream {
  const reason = `another run holds source ${stream.source}`;
  tell({ type: 'skipped', ...stream, reason });
  return idleStream(stream.source, stream.stream, {
    status: 'skipped',
    error: null,
    warning: reason,
  });
}

function streamsOf({ source, streams }: Offer): StreamOfSource[] {
  return streams.map(({ name }) => ({ source, stream: name }));
}
