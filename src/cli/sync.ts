// `larkhouse sync`: from the flags to the exit code.

import { streamsOf } from '../modules/index.ts';
import { Cleanup } from './cleanup.ts';
import { configure } from './configuration.ts';
import { displayFor } from './display/choose.ts';
import type { SyncFlags } from './flags.ts';
import { onInterrupt, stopped } from './interrupt.ts';
import type { ExitCode } from './outcome.ts';
import { selectStreams } from './selection.ts';
import type { Shell } from './shell.ts';
import { Execution } from './sync/execution.ts';

/** Throws ConfigError and UsageError before anything is done; whatever fails later is in the report. */
export async function sync(shell: Shell, flags: SyncFlags): Promise<ExitCode> {
  const configured = await configure(shell, flags);
  const { sources } = configured.config;
  const all = sources.map(({ name, modules }) => ({ source: name, streams: streamsOf(modules) }));
  const offers = selectStreams(all, flags.streams);
  const display = await displayFor(shell, flags);
  const stop = new AbortController();
  const silence = onInterrupt((signal) => {
    display.stopping(signal);
    stop.abort(stopped('run', signal));
  });
  const cleanup = new Cleanup();
  try {
    return await new Execution({
      shell,
      flags,
      configured,
      offers,
      display,
      cleanup,
      signal: stop.signal,
    }).run();
  } finally {
    display.close();
    await cleanup.run();
    silence();
  }
}
