// `larkhouse replay`: rebuilds rows from the raw payloads in the warehouse, without the tenant.

import { replaying } from '../levers.ts';
import { configure } from './configuration.ts';
import type { CommonFlags } from './flags.ts';
import type { ExitCode } from './outcome.ts';
import { offersOf } from './selection.ts';
import type { Shell } from './shell.ts';
import { conduct } from './sync/conduct.ts';
import { perform } from './sync/perform.ts';

/** Throws ConfigError and UsageError before anything is done; whatever fails later is in the report. */
export async function replay(shell: Shell, given: CommonFlags): Promise<ExitCode> {
  const configured = await configure(shell, given, 'warehouse');
  const offers = offersOf(configured.config)
    .map(({ source, streams }) => ({
      source,
      streams: streams.flatMap((stream) => replaying(stream) ?? []),
    }))
    .filter(({ streams }) => streams.length > 0);
  const flags = { ...given, full: false, dryRun: false, maxRequests: undefined };
  const job = { surroundings: shell, command: 'replay', choice: flags, configured } as const;
  return conduct({ shell, command: 'replay', flags }, (caller) =>
    perform({ ...job, ...caller, offers, limits: flags }),
  );
}
