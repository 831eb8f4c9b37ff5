// `larkhouse sync`: from the flags to the exit code.

import type { SyncFlags } from './flags.ts';
import { type ExitCode, UsageError } from './outcome.ts';
import type { Shell } from './shell.ts';
import { conduct } from './sync/conduct.ts';
import { syncIn } from './sync/sync.ts';

/** Throws ConfigError and UsageError before anything is done; whatever fails later is in the report. */
export async function sync(shell: Shell, flags: SyncFlags): Promise<ExitCode> {
  if (flags.dryRun && flags.metricsFile !== undefined) {
    throw new UsageError('--dry-run records nothing that --metrics-file could tell');
  }
  if (flags.retryRejected && (flags.full || flags.maxRequests !== undefined)) {
    throw new UsageError(
      '--retry-rejected asks Lark nothing: --full and --max-requests do not go with it',
    );
  }
  const command = flags.retryRejected ? 'retry' : 'sync';
  return conduct({ shell, command, flags }, (caller) => syncIn(shell, flags, caller));
}
