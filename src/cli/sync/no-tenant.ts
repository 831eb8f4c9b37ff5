// The tenant of runs that have none: whoever asks it anything has a bug.

import { InvariantError } from '../../errors.ts';
import type { Lark } from '../../tenant.ts';

/** Throws InvariantError from each of its methods. */
export function noTenant(): Lark {
  const refuse = (): never => {
    throw new InvariantError('a run that has no tenant asked for one');
  };
  return { call: async () => refuse(), pages: refuse, now: async () => refuse() };
}
