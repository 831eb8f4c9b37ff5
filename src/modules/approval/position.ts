// Where the reading of an approval code stands, as its cursor stores it.

import type { Cursor, Span } from '../../stream.ts';
import { numberIn, textIn } from '../cursors.ts';
import { dayMs, dayStart, hourMs } from '../dates.ts';
import type { ApprovalSettings } from './settings.ts';
import { marginMs, windowMs } from './windows.ts';

/** Times in epoch ms. */
export interface Position {
  /** The first instant that was ever asked for. */
  readonly start: number;
  /** Every creation before was listed. */
  readonly to: number;
  /** Where the audit goes on, and the day on which it last ran. */
  readonly auditAt: number;
  readonly auditDay: string;
  /** Movements of tasks up to here were looked at. */
  readonly tasksAt: number;
}

/** Listed again before `to` each time: it costs nothing while it fits into the same window. */
export const overlapMs: number = hourMs;

/** Each part of history is listed again within this many days, for creations that came late. */
const auditDays = 30;

export function positionOf(
  cursor: Cursor | undefined,
  settings: ApprovalSettings,
  now: number,
): Position {
  const lookback = now - settings.lookbackDays * dayMs;
  const start = settings.startDate === undefined ? lookback : dayStart(settings.startDate);
  const known = numberIn(cursor, 'start');
  const resumes = known !== undefined && known <= start;
  // A cursor in the future is of a clock that was wrong: what has happened since may lie before it.
  const reached = (name: string): number | undefined => {
    const at = numberIn(cursor, name);
    return at !== undefined && at > now + marginMs ? Math.max(known ?? start, lookback) : at;
  };
  return {
    start: resumes ? known : start,
    to: (resumes ? reached('to') : undefined) ?? start + overlapMs,
    auditAt: numberIn(cursor, 'auditAt') ?? start,
    auditDay: textIn(cursor, 'auditDay') ?? dayOf(now),
    tasksAt: reached('tasksAt') ?? now,
  };
}

/** The share of history to list again today; empty on a day that had its share. */
export function auditWindow(position: Position, now: number): Span {
  const from = position.auditAt >= position.to ? position.start : position.auditAt;
  if (position.auditDay === dayOf(now)) return { from, to: from };
  const share = Math.max(windowMs, Math.ceil((position.to - position.start) / auditDays));
  return { from, to: Math.min(from + share, position.to) };
}

export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
