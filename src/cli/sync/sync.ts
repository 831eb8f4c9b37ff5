// A sync, whoever asks for it: from the configuration to the report, and what operators have of it.

import { retrying } from '../../retrying.ts';
import { type Choice, configure } from '../configuration.ts';
import { offersOf, selectStreams } from '../selection.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Aftermath, afterFailure, afterRun } from './afterwards.ts';
import { type Caller, type Job, type Limits, type Performed, perform } from './perform.ts';

export interface Wanted extends Choice, Limits {
  /** Names of modules and streams; empty: all. */
  readonly streams: readonly string[];
  /** Try the records that were rejected again, and ask the tenant nothing. */
  readonly retryRejected: boolean;
  readonly metricsFile: string | undefined;
}

/** Throws ConfigError, UsageError and whatever keeps the run from beginning; later failures are in the report. */
export async function syncIn(
  surroundings: Surroundings,
  wanted: Wanted,
  caller: Caller,
): Promise<Performed> {
  const { retryRejected, streams } = wanted;
  const configured = await configure(surroundings, wanted, retryRejected ? 'warehouse' : 'tenants');
  const all = offersOf(configured.config);
  const offers = retryRejected
    ? all.map((offer) => ({ ...offer, streams: offer.streams.map(retrying) }))
    : all;
  return attended(wanted.metricsFile, {
    ...caller,
    surroundings,
    command: retryRejected ? 'retry' : 'sync',
    choice: wanted,
    configured,
    offers: selectStreams(offers, streams),
    limits: wanted,
  });
}

/** A run, and what operators have of it. A dry run leaves nothing behind. */
async function attended(metricsFile: string | undefined, job: Job): Promise<Performed> {
  const { surroundings, configured, limits, tell } = job;
  if (limits.dryRun) return perform(job);
  const warn = (text: string): void => {
    tell({ type: 'warning', text: surroundings.scrubber.scrub(text) });
  };
  const aftermath: Aftermath = { surroundings, config: configured.config, metricsFile, warn };
  try {
    return await perform({ ...job, after: (...ended) => afterRun(aftermath, ...ended) });
  } catch (error) {
    await afterFailure(aftermath, error);
    throw error;
  }
}
