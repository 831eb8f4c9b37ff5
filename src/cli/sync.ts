// `larkhouse sync`: from the flags to the exit code.

import { retrying } from '../retrying.ts';
import { configure } from './configuration.ts';
import type { SyncFlags } from './flags.ts';
import { type ExitCode, UsageError } from './outcome.ts';
import { offersOf, selectStreams } from './selection.ts';
import type { Shell } from './shell.ts';
import { afterFailure, afterRun } from './sync/afterwards.ts';
import { conduct } from './sync/conduct.ts';

/** Throws ConfigError and UsageError before anything is done; whatever fails later is in the report. */
export async function sync(shell: Shell, flags: SyncFlags): Promise<ExitCode> {
  if (flags.dryRun && flags.metricsFile !== undefined) {
    throw new UsageError('--dry-run records nothing that --metrics-file could tell');
  }
  if (flags.retryRejected) return retry(shell, flags);
  const configured = await configure(shell, flags);
  const offers = selectStreams(offersOf(configured.config), flags.streams);
  return attended({ shell, command: 'sync', flags, configured, offers });
}

/** The records that were rejected and not resolved, once more; the tenant is not asked. */
async function retry(shell: Shell, flags: SyncFlags): Promise<ExitCode> {
  if (flags.full || flags.maxRequests !== undefined) {
    throw new UsageError(
      '--retry-rejected asks Lark nothing: --full and --max-requests do not go with it',
    );
  }
  const configured = await configure(shell, flags, 'warehouse');
  const all = offersOf(configured.config).map(({ source, streams }) => ({
    source,
    streams: streams.map(retrying),
  }));
  const offers = selectStreams(all, flags.streams);
  return attended({ shell, command: 'retry', flags, configured, offers });
}

/** A run, and what operators have of it. A dry run leaves nothing behind. */
async function attended(
  task: Parameters<typeof conduct>[0] & { readonly flags: SyncFlags },
): Promise<ExitCode> {
  const { shell, flags, configured } = task;
  if (flags.dryRun) return conduct(task);
  const aftermath = { shell, config: configured.config, metricsFile: flags.metricsFile };
  try {
    return await conduct({ ...task, after: (...ended) => afterRun(aftermath, ...ended) });
  } catch (error) {
    await afterFailure(aftermath, error);
    throw error;
  }
}
