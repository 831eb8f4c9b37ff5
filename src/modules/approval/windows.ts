// The approval list takes windows of creation time of at most 10 hours.

import type { Span } from '../../stream.ts';
import { hourMs, minuteMs } from '../dates.ts';

export const windowMs: number = 10 * hourMs - 1000;

/** A creation may be listed late, and clocks differ: newer than this is read again by the next run. */
export const marginMs: number = 5 * minuteMs;

/**
 * Windows that cover [from, to] without a gap, oldest first. Whether Lark includes the bounds is not
 * documented, so neighbours share theirs.
 */
export function* windowsOf(from: number, to: number): Generator<Span> {
  for (let start = from; start < to; start += windowMs) {
    yield { from: start, to: Math.min(start + windowMs, to) };
  }
}

/** The query of a listing of the window. */
export function within({ from, to }: Span, approvalCode: string): Record<string, string> {
  return { approval_code: approvalCode, start_time: String(from), end_time: String(to) };
}
