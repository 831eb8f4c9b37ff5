// What a run has of the process around it. There is no terminal in it: the library has none, either.

import type { Scrubber } from './scrub.ts';

export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  /** The folder that relative names and `.larkhouse/` start from. */
  readonly cwd: string;
  /** Knows what must not be seen; whatever is told goes through it. */
  readonly scrubber: Scrubber;
}
