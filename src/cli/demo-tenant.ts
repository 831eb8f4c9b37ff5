// The simulated tenant within this process, for commands that run on the demo configuration.

import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stateFolder } from './state-folder.ts';
import type { Surroundings } from './surroundings.ts';

export interface DemoTenant {
  readonly url: string;
  close(): Promise<void>;
}

/** `move`: the demo's clock goes on to its next working day, and stays there; `look`: only for this time. */
export type DemoClock = 'move' | 'look';

/** Starts the tenant on a free port of 127.0.0.1. */
export async function startDemoTenant(
  surroundings: Surroundings,
  clock: DemoClock,
): Promise<DemoTenant> {
  const { startTenant } = await import('../demo/server.ts');
  return startTenant({ now: await demoTime(surroundings, clock) });
}

/** The demo's clock, epoch ms. */
export async function demoTime(
  surroundings: Surroundings,
  clock: DemoClock,
): Promise<() => number> {
  const { demoClock } = await import('../demo/clock.ts');
  const file = join(stateFolder(surroundings), 'demo.json');
  if (clock === 'move') return demoClock(file);
  const folder = await mkdtemp(join(tmpdir(), 'larkhouse-'));
  try {
    const copy = join(folder, 'demo.json');
    await copyFile(file, copy).catch(() => undefined);
    return demoClock(copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
