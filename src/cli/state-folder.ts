// Where larkhouse keeps what is its own on this machine: the embedded Postgres, the demo's clock.

import { join } from 'node:path';
import type { Surroundings } from './surroundings.ts';

/** `.larkhouse` of the current folder. */
export function stateFolder({ cwd }: Pick<Surroundings, 'cwd'>): string {
  return join(cwd, '.larkhouse');
}
