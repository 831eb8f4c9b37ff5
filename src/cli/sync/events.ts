// What a run tells while it is under way, as plain data: displays, logs and programs get the same.

import type { Progress } from '../../progress.ts';
import type { StreamReport } from './report.ts';

/** A stream of a source. */
export interface StreamOfSource {
  readonly source: string;
  readonly stream: string;
}

/** How far a stream is: what its report would say now. */
export interface StreamProgress extends Omit<StreamReport, 'status' | 'error' | 'warnings'> {
  readonly source: string;
  /** Records that the tenant has announced so far, which may become more; null while it announces none. */
  readonly expected: number | null;
  /** Spent waiting for the rate limit, by all requests together. */
  readonly waited_seconds: number;
}

/**
 * In this order: `planned` once, with every stream; then `step` before what takes a while beside the streams; of
 * each stream `skipped`, or `started`, `progress` twice a second, and `finished`; `warning` for what went wrong
 * beside the streams, which changes nothing of how the run ended.
 */
export type RunEvent =
  | { readonly type: 'planned'; readonly streams: readonly StreamOfSource[] }
  | { readonly type: 'step'; readonly text: string }
  | ({ readonly type: 'skipped'; readonly reason: string } & StreamOfSource)
  | ({ readonly type: 'started' } & StreamOfSource)
  | ({ readonly type: 'progress' } & StreamProgress)
  | ({ readonly type: 'finished'; readonly source: string } & StreamReport)
  | { readonly type: 'warning'; readonly text: string };

export function progressOf(progress: Progress): StreamProgress {
  const { source, stream, counts, requests, throttled, retries, waitedMs } = progress;
  return {
    source,
    stream,
    ...counts,
    expected: progress.expected ?? null,
    requests,
    throttled,
    retries,
    waited_seconds: inSeconds(waitedMs),
    seconds: inSeconds(performance.now() - progress.startedAt),
  };
}

function inSeconds(ms: number): number {
  return Math.round(ms) / 1000;
}
