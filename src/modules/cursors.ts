// Reading the fields of a stored cursor, which may be of an older version: what is not as expected counts as absent.

import type { Cursor } from '../stream.ts';

export function numberIn(cursor: Cursor | undefined, field: string): number | undefined {
  const value = cursor?.[field];
  return typeof value === 'number' ? value : undefined;
}

export function textIn(cursor: Cursor | undefined, field: string): string | undefined {
  const value = cursor?.[field];
  return typeof value === 'string' ? value : undefined;
}
