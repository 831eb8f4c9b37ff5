// Which display a run has: the live block for a person at a terminal, else a log.

import type { CommonFlags } from '../flags.ts';
import type { Shell } from '../shell.ts';
import type { Display } from './display.ts';

export async function displayFor(shell: Shell, flags: CommonFlags): Promise<Display> {
  const { quiet, json, logLevel } = flags;
  const isLive = shell.stderr.isTTY === true && !quiet && !json && logLevel === undefined;
  if (isLive) return (await import('./live.ts')).liveDisplay(shell);
  const [{ openLog }, { lineDisplay }] = await Promise.all([
    import('./log.ts'),
    import('./lines.ts'),
  ]);
  return lineDisplay(openLog(shell, logLevel ?? (quiet ? 'warn' : 'info')));
}
