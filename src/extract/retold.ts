// An error told again as another: where it happened and what to do about it stay.

import type { ErrorDetails, LarkhouseError } from '../errors.ts';

/** The details for an error that stands for this one; `advice` where it has no hint of its own. */
export function retold(error: LarkhouseError, advice?: string): ErrorDetails {
  const hint = error.hint ?? advice;
  return { ...error.circumstances, cause: error, ...(hint === undefined ? {} : { hint }) };
}
