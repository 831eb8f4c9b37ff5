// Where larkhouse keeps what is its own on this machine: the embedded Postgres, the demo's clock.

import { join } from 'node:path';
import type { Shell } from './shell.ts';

/** `.larkhouse` of the current folder. */
export function stateFolder({ cwd }: Pick<Shell, 'cwd'>): string {
  return join(cwd, '.larkhouse');
}
