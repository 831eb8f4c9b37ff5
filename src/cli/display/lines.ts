// The display where there is no terminal: an event a line, and now and then how far the streams are.

import type { RunEvent, StreamOfSource, StreamProgress } from '../sync/events.ts';
import type { Display } from './display.ts';
import type { Log } from './log.ts';

const progressMs = 30_000;

export function lineDisplay(log: Log): Display {
  const under = new Map<string, StreamProgress>();
  const timer = setInterval(() => {
    for (const progress of under.values()) log.info(progress, 'progress');
  }, progressMs);
  timer.unref();
  return {
    show: (event) => {
      if (event.type === 'progress') {
        const { type, ...progress } = event;
        under.set(keyOf(event), progress);
        return;
      }
      if (event.type === 'finished') under.delete(keyOf(event));
      write(log, event);
    },
    stopping: (signal) => log.warn({ signal }, 'stopping: what was read is being committed'),
    ended: ({ run_id, status, seconds }) => log.info({ run_id, status, seconds }, 'run finished'),
    close: () => clearInterval(timer),
  };
}

function write(log: Log, event: Exclude<RunEvent, { readonly type: 'progress' }>): void {
  switch (event.type) {
    case 'planned':
      log.info({ streams: event.streams.map(keyOf) }, 'run started');
      break;
    case 'step':
      log.info(event.text);
      break;
    case 'skipped': {
      const { type, ...skipped } = event;
      log.warn(skipped, 'stream skipped');
      break;
    }
    case 'started': {
      const { type, ...started } = event;
      log.debug(started, 'stream started');
      break;
    }
    case 'finished':
      writeOutcome(log, event);
      break;
    case 'warning':
      log.warn({ warning: event.text }, 'warning');
      break;
    default:
      event satisfies never;
  }
}

function writeOutcome(
  log: Log,
  { type, warnings, error, ...outcome }: Extract<RunEvent, { readonly type: 'finished' }>,
): void {
  const { source, stream } = outcome;
  for (const warning of warnings) log.warn({ source, stream, warning }, 'warning');
  if (error === null) log.info(outcome, 'stream finished');
  else log.error({ ...outcome, error }, 'stream finished');
}

function keyOf({ source, stream }: StreamOfSource): string {
  return `${source}/${stream}`;
}
