// Runs from the command line: a display, signals and a printed end around one run of any command.

import { describe } from '../../errors.ts';
import { displayFor } from '../display/choose.ts';
import type { RunFlags } from '../flags.ts';
import { onInterrupt, stopped } from '../interrupt.ts';
import { type ExitCode, exitCodeOf } from '../outcome.ts';
import { print, type Shell } from '../shell.ts';
import { summaryOf } from '../summary/summary.ts';
import type { Command } from './assemble.ts';
import type { StreamOfSource } from './events.ts';
import type { Caller, Performed } from './perform.ts';
import { exitCodeFor, idleStream, type Report, reportOf } from './report.ts';

interface Conducted {
  readonly shell: Shell;
  readonly command: Command;
  readonly flags: RunFlags;
}

/** Throws what keeps the run from beginning; whatever fails later is in the report. */
export async function conduct(
  { shell, command, flags }: Conducted,
  run: (caller: Caller) => Promise<Performed>,
): Promise<ExitCode> {
  const startedAt = performance.now();
  const display = await displayFor(shell, flags);
  const stop = new AbortController();
  const silence = onInterrupt((signal) => {
    display.stopping(signal);
    stop.abort(stopped('run', signal));
  });
  let planned: readonly StreamOfSource[] | undefined;
  const tell: Caller['tell'] = (event) => {
    if (event.type === 'planned') planned = event.streams;
    display.show(event);
  };
  try {
    const { report, warehouse } = await run({ signal: stop.signal, tell });
    display.ended(report);
    const isPrinted = flags.json || !flags.quiet;
    const text = flags.json
      ? JSON.stringify(report)
      : summaryOf(report, { shell, command, flags, warehouse });
    if (isPrinted) print(shell, text);
    return exitCodeFor(report.status);
  } catch (error) {
    // A program that reads the report gets one however early the run ended.
    if (flags.json && planned !== undefined) {
      print(shell, JSON.stringify(failed(planned, error, startedAt)));
    }
    throw error;
  } finally {
    display.close();
    silence();
  }
}

function failed(planned: readonly StreamOfSource[], error: unknown, startedAt: number): Report {
  const status = exitCodeOf(error) === 130 ? 'interrupted' : 'incomplete';
  const why = { status, error: describe(error) } as const;
  const seconds = Math.round(performance.now() - startedAt) / 1000;
  const streams = planned.map(({ source, stream }) => idleStream(source, stream, why));
  return reportOf(streams, { id: undefined, seconds });
}
