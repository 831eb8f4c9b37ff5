/** The demo's clock: each start is a working day later than the one before, then time runs as usual. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DAY, dayOf, isWorkday } from './company/calendar.ts';
import { isObject } from './json.ts';

/**
 * A clock in epoch ms whose lead over real time is kept in `stateFile` as `{"days": n}`.
 * The first start creates the file and is now; each later one moves on to the next working day.
 */
export function demoClock(stateFile: string): () => number {
  const before = daysIn(stateFile);
  const days = before === undefined ? 0 : nextWorkday(before);
  mkdirSync(dirname(stateFile), { recursive: true });
  writeFileSync(stateFile, `${JSON.stringify({ days })}\n`);
  return () => Date.now() + days * DAY;
}

function nextWorkday(days: number): number {
  const later = days + 1;
  return isWorkday(dayOf(Date.now() + later * DAY)) ? later : nextWorkday(later);
}

function daysIn(stateFile: string): number | undefined {
  try {
    const state: unknown = JSON.parse(readFileSync(stateFile, 'utf8'));
    const days = isObject(state) ? state['days'] : undefined;
    return typeof days === 'number' && Number.isInteger(days) && days >= 0 ? days : 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    if (error instanceof SyntaxError) return 0;
    throw error;
  }
}
