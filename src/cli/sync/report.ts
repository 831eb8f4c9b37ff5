// What a run did, as data: what the library gives, `--json` prints and the summary is made of.

import type { StreamOutcome } from '../../run.ts';
import type { ExitCode } from '../outcome.ts';
import type { Scrubber } from '../scrub.ts';

/** How a stream or a run ended; skipped: another run holds the source. */
export type Status = 'complete' | 'incomplete' | 'interrupted' | 'skipped';

/** What a run did to a stream: rows that it inserted, updated and so on, and what went wrong. */
export interface StreamReport {
  readonly stream: string;
  readonly status: Status;
  /** Records that Lark gave. */
  readonly records: number;
  /** Rows; of a dry run all that would be written or found unchanged. */
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows that were marked deleted, or removed. */
  readonly deleted: number;
  /** Records that could not become rows; `rejected_records` has them. */
  readonly rejected: number;
  readonly requests: number;
  /** Requests that Lark answered by asking to slow down. */
  readonly throttled: number;
  readonly retries: number;
  readonly seconds: number;
  /** What went wrong and what to do next, a line an error. */
  readonly error: string | null;
  readonly warnings: readonly string[];
}

/** What a run did to a source, stream by stream. */
export interface SourceReport {
  readonly source: string;
  readonly streams: readonly StreamReport[];
}

/** What a run did. */
export interface Report {
  /** Null when nothing was recorded: a dry run, or nothing could run. */
  readonly run_id: number | null;
  /** The worst of its streams; skipped only when nothing ran. */
  readonly status: Status;
  readonly seconds: number;
  readonly sources: readonly SourceReport[];
}

export interface ReportedStream extends StreamReport {
  readonly source: string;
}

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

export function streamReport(outcome: ReportedStream): StreamReport {
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

/** The same without secrets, should a text have any. */
export function scrubbed(outcome: StreamOutcome, scrubber: Scrubber): StreamOutcome {
  const { error, warnings } = outcome;
  return {
    ...outcome,
    error: error === null ? null : scrubber.scrub(error),
    warnings: warnings.map((warning) => scrubber.scrub(warning)),
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
