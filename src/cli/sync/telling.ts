// Turns what the engine does into events, and tells how far each stream is twice a second.

import type { Progress } from '../../progress.ts';
import type { Watch } from '../../run.ts';
import type { Scrubber } from '../scrub.ts';
import { progressOf, type RunEvent } from './events.ts';
import { scrubbed, streamReport } from './report.ts';

const progressMs = 500;

export interface Telling extends Watch {
  /** Nothing is told after it. */
  close(): void;
}

export function telling(tell: (event: RunEvent) => void, scrubber: Scrubber): Telling {
  const under = new Map<string, Progress>();
  const timer = setInterval(() => {
    for (const progress of under.values()) tell({ type: 'progress', ...progressOf(progress) });
  }, progressMs);
  timer.unref();
  return {
    started: (progress) => {
      const { source, stream } = progress;
      under.set(`${source}/${stream}`, progress);
      tell({ type: 'started', source, stream });
    },
    finished: async (outcome) => {
      const { source, stream } = outcome;
      under.delete(`${source}/${stream}`);
      tell({ type: 'finished', source, ...streamReport(scrubbed(outcome, scrubber)) });
    },
    close: () => clearInterval(timer),
  };
}
