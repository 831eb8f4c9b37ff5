// The span of a backfill, from what --from and --to say.

import { dayMs, dayStart, hourMs } from '../../modules/dates.ts';
import type { Span } from '../../stream.ts';
import { UsageError } from '../outcome.ts';

const secondMs = 1000;
/** West of Greenwich a day begins 12 hours later at most, where dayStart has it begin 14 hours earlier. */
const latestOffsetMs = 12 * hourMs;
const earliestOffsetMs = 14 * hourMs;

/**
 * From the first instant of the first day anywhere on earth to the last one of the last day, or from
 * instant to instant; in whole seconds. Throws UsageError.
 */
export function spanOf(given: { readonly from: string; readonly to: string }): Span {
  const from = isDay(given.from) ? dayStart(given.from) : instantOf('--from', given.from);
  const to = isDay(given.to) ? dayEnd(given.to) : instantOf('--to', given.to);
  const span = {
    from: Math.floor(from / secondMs) * secondMs,
    to: Math.ceil(to / secondMs) * secondMs,
  };
  if (span.from < span.to) return span;
  throw new UsageError(`--from ${given.from} is not before --to ${given.to}`);
}

function isDay(text: string): boolean {
  const isWritten = /^\d{4}-\d\d-\d\d$/.test(text);
  // Date.parse takes the 31st of any month for a day.
  return isWritten && asDay(Date.parse(`${text}T00:00:00Z`)) === text;
}

function asDay(ms: number): string {
  return Number.isFinite(ms) ? new Date(ms).toISOString().slice(0, 10) : '';
}

function dayEnd(day: string): number {
  return dayStart(day) + earliestOffsetMs + dayMs + latestOffsetMs;
}

const instant =
  /^(\d{4}-\d\d-\d\d)[Tt ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

function instantOf(flag: string, text: string): number {
  const day = instant.exec(text)?.[1];
  if (day !== undefined && isDay(day)) return Date.parse(text.toUpperCase().replace(' ', 'T'));
  throw new UsageError(`${flag} must be a day or an instant, and is ${JSON.stringify(text)}.`, {
    hint: 'write it as 2026-03-01 or as 2026-03-01T08:00:00+08:00',
  });
}
