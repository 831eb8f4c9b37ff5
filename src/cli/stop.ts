// `larkhouse stop`: ends the embedded Postgres of this folder.

import { stopEmbedded } from '../load/embedded.ts';
import type { ExitCode } from './outcome.ts';
import { print, type Shell } from './shell.ts';
import { stateFolder } from './state-folder.ts';

/** Throws WarehouseError. */
export async function stop(shell: Shell): Promise<ExitCode> {
  const stopped = await stopEmbedded(stateFolder(shell));
  print(
    shell,
    stopped
      ? 'The embedded Postgres has stopped. Its data are kept; the next sync starts it again.'
      : 'The embedded Postgres is not running.',
  );
  return 0;
}
