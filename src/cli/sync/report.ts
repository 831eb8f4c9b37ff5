// What a sync did, as data: the object that `--json` prints and the summary is made of.

import type { StreamOutcome } from '../../run.ts';
import type { ExitCode } from '../outcome.ts';

export type Status = 'complete' | 'incomplete' | 'interrupted' | 'skipped';

export interface StreamReport extends Omit<StreamOutcome, 'source' | 'status'> {
  readonly status: Status;
}

export interface SourceReport {
  readonly source: string;
  readonly streams: readonly StreamReport[];
}

export interface Report {
  /** Null when nothing was recorded: a dry run, or nothing could run. */
  readonly run_id: number | null;
  readonly status: Status;
  readonly seconds: number;
  readonly sources: readonly SourceReport[];
}

export type ReportedStream = Omit<StreamOutcome, 'status'> & { readonly status: Status };

/** Sources and streams come in the order in which they are given. */
export function reportOf(
  outcomes: readonly ReportedStream[],
  run: { readonly id: number | undefined; readonly seconds: number },
): Report {
  const bySource = Map.groupBy(outcomes, ({ source }) => source);
  return {
    run_id: run.id ?? null,
    status: statusOf(outcomes.map(({ status }) => status)),
    seconds: run.seconds,
    sources: [...bySource].map(([source, streams]) => ({
      source,
      streams: streams.map(streamReport),
    })),
  };
}

/** The worst of all; skipped only when nothing ran. */
export function statusOf(statuses: readonly Status[]): Status {
  const worst = (['interrupted', 'incomplete', 'complete', 'skipped'] as const).find((status) =>
    statuses.includes(status),
  );
  return worst ?? 'complete';
}

export function exitCodeFor(status: Status): ExitCode {
  return ({ complete: 0, skipped: 0, incomplete: 1, interrupted: 130 } as const)[status];
}

function streamReport(outcome: ReportedStream): StreamReport {
  return {
    stream: outcome.stream,
    status: outcome.status,
    records: outcome.records,
    inserted: outcome.inserted,
    updated: outcome.updated,
    unchanged: outcome.unchanged,
    deleted: outcome.deleted,
    rejected: outcome.rejected,
    requests: outcome.requests,
    throttled: outcome.throttled,
    retries: outcome.retries,
    seconds: outcome.seconds,
    error: outcome.error,
    warnings: outcome.warnings,
  };
}

/** A stream that did not run, and why. */
export function idleStream(
  source: string,
  stream: string,
  why: { readonly status: Status; readonly error: string | null; readonly warning?: string },
): ReportedStream {
  return {
    source,
    stream,
    status: why.status,
    records: 0,
    inserted: 0,
    updated: 0,
    unchanged: 0,
    deleted: 0,
    rejected: 0,
    requests: 0,
    throttled: 0,
    retries: 0,
    seconds: 0,
    error: why.error,
    warnings: why.warning === undefined ? [] : [why.warning],
  };
}
