// The display where there is no terminal: an event a line, and now and then how far the streams are.

import type { Progress } from '../../progress.ts';
import type { StreamOutcome } from '../../run.ts';
import type { Display } from './display.ts';
import type { Log } from './log.ts';

const progressMs = 30_000;

export function lineDisplay(log: Log): Display {
  const under = new Map<string, Progress>();
  const timer = setInterval(() => {
    for (const progress of under.values()) log.info(progressOf(progress), 'progress');
  }, progressMs);
  timer.unref();
  return {
    step: (text) => log.info(text),
    planned: (streams) =>
      log.info(
        { streams: streams.map(({ source, stream }) => `${source}/${stream}`) },
        'run started',
      ),
    skipped: (streams, reason) => {
      for (const { source, stream } of streams)
        log.warn({ source, stream, reason }, 'stream skipped');
    },
    started: (progress) => {
      under.set(keyOf(progress), progress);
      log.debug({ source: progress.source, stream: progress.stream }, 'stream started');
    },
    finished: async (outcome) => {
      under.delete(keyOf(outcome));
      tellOutcome(log, outcome);
    },
    stopping: (signal) => log.warn({ signal }, 'stopping: what was read is being committed'),
    ended: ({ run_id, status, seconds }) => log.info({ run_id, status, seconds }, 'run finished'),
    close: () => clearInterval(timer),
  };
}

function tellOutcome(log: Log, { warnings, error, ...outcome }: StreamOutcome): void {
  const { source, stream } = outcome;
  for (const warning of warnings) log.warn({ source, stream, warning }, 'warning');
  if (error === null) log.info(outcome, 'stream finished');
  else log.error({ ...outcome, error }, 'stream finished');
}

function keyOf({ source, stream }: { readonly source: string; readonly stream: string }): string {
  return `${source}/${stream}`;
}

function progressOf({
  source,
  stream,
  counts,
  requests,
  throttled,
  waitedMs,
  expected,
  startedAt,
}: Progress): object {
  const seconds = Math.round(performance.now() - startedAt) / 1000;
  const waited = Math.round(waitedMs) / 1000;
  return {
    source,
    stream,
    ...counts,
    expected,
    requests,
    throttled,
    waited_seconds: waited,
    seconds,
  };
}
