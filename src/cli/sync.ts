// `larkhouse sync`: from the flags to the exit code.

import { configure } from './configuration.ts';
import type { SyncFlags } from './flags.ts';
import type { ExitCode } from './outcome.ts';
import { offersOf, selectStreams } from './selection.ts';
import type { Shell } from './shell.ts';
import { conduct } from './sync/conduct.ts';

/** Throws ConfigError and UsageError before anything is done; whatever fails later is in the report. */
export async function sync(shell: Shell, flags: SyncFlags): Promise<ExitCode> {
  const configured = await configure(shell, flags);
  const offers = selectStreams(offersOf(configured.config), flags.streams);
  return conduct({ shell, command: 'sync', flags, configured, offers });
}
