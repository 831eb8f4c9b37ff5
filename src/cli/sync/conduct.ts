// Carries out a run of any command: display, signals and a clean end around one execution.

import { Cleanup } from '../cleanup.ts';
import { displayFor } from '../display/choose.ts';
import { onInterrupt, stopped } from '../interrupt.ts';
import type { ExitCode } from '../outcome.ts';
import { Execution, type Parts } from './execution.ts';

/** Throws what keeps the run from beginning; whatever fails later is in the report. */
export async function conduct(
  task: Omit<Parts, 'display' | 'cleanup' | 'signal'>,
): Promise<ExitCode> {
  const display = await displayFor(task.shell, task.flags);
  const stop = new AbortController();
  const silence = onInterrupt((signal) => {
    display.stopping(signal);
    stop.abort(stopped('run', signal));
  });
  const cleanup = new Cleanup();
  try {
    return await new Execution({ ...task, display, cleanup, signal: stop.signal }).run();
  } finally {
    display.close();
    await cleanup.run();
    silence();
  }
}
