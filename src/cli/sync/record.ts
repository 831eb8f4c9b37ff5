// Puts down in the control tables what streams do: how each ended, and the calls while they are made,
// so that a killed run's count against the quota, too.

import { describe } from '../../errors.ts';
import type { Control } from '../../load/control.ts';
import type { Run } from '../../load/runs.ts';
import type { Progress } from '../../progress.ts';
import type { StreamOutcome, Watch } from '../../run.ts';
import type { Scrubber } from '../scrub.ts';
import { CallLog } from './call-log.ts';
import { type ReportedStream, statusOf } from './report.ts';

const usageMs = 10_000;

export interface Recorder extends Watch {
  /** Ends the recording; gives the first thing that could not be recorded, as a sentence. */
  close(): Promise<string | undefined>;
}

export function recorder(
  control: Control,
  { runId, scrubber }: { readonly runId: number; readonly scrubber: Scrubber },
): Recorder {
  const open = new Map<string, { readonly source: string; readonly calls: CallLog }>();
  let failure: string | undefined;
  // A warehouse that takes no records must not end the streams: theirs is the truer error.
  const attempt = async (work: Promise<void>): Promise<void> => {
    await work.catch((error: unknown) => {
      failure ??= scrubber.scrub(describe(error));
    });
  };
  const flush = async (): Promise<void> => {
    for (const { source, calls } of open.values()) {
      await attempt(control.addUsage(source, calls.since(Date.now())));
    }
  };
  let flushing = Promise.resolve();
  const timer = setInterval(() => {
    flushing = flushing.then(flush);
  }, usageMs);
  timer.unref();
  return {
    started: (progress) => {
      open.set(keyOf(progress), { source: progress.source, calls: new CallLog(progress.use) });
    },
    finished: async (outcome) => {
      const { source, stream } = outcome;
      const calls = open.get(keyOf(outcome))?.calls;
      open.delete(keyOf(outcome));
      if (calls !== undefined) await attempt(control.addUsage(source, calls.since(Date.now())));
      await attempt(control.recordStream(runId, source, stream, rowOf(outcome, scrubber)));
    },
    close: async () => {
      clearInterval(timer);
      await flushing;
      return failure;
    },
  };
}

function keyOf({ source, stream }: Pick<Progress, 'source'> & { readonly stream: string }): string {
  return `${source}/${stream}`;
}

function rowOf(outcome: StreamOutcome, scrubber: Scrubber): Parameters<Control['recordStream']>[3] {
  const { status, records, rejected, requests, throttled, retries, seconds, error } = outcome;
  return {
    status,
    records,
    rows_inserted: outcome.inserted,
    rows_updated: outcome.updated,
    rows_unchanged: outcome.unchanged,
    rows_deleted: outcome.deleted,
    rejected,
    requests,
    throttled,
    retries,
    seconds,
    error: error === null ? null : scrubber.scrub(error),
  };
}

/** Puts down how the run ended; gives what could not be put down. */
export async function recordEnd(
  run: Run,
  outcomes: readonly ReportedStream[],
  failure: string | undefined,
): Promise<string | undefined> {
  const status = statusOf(outcomes.map((outcome) => outcome.status));
  const ended = failure !== undefined && status === 'complete' ? 'incomplete' : status;
  if (ended === 'skipped') return failure;
  return run.finish(ended, failure ?? null).then(() => failure, describe);
}

/** Shows and records what the streams do. */
export function both(display: Watch, records: Watch): Watch {
  return {
    started: (progress) => {
      display.started(progress);
      records.started(progress);
    },
    finished: async (outcome, use) => {
      await display.finished(outcome, use);
      await records.finished(outcome, use);
    },
  };
}
