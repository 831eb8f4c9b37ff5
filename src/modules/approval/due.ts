// When an instance is read next. Lark gives instances no updated-at, so each is followed by its age.

import type { JsonObject } from '../../json.ts';
import { dayMs, hourMs, minuteMs } from '../dates.ts';

/** What is remembered of an instance; times in epoch ms. */
export interface Follow extends JsonObject {
  readonly instance_code: string;
  readonly approval_code: string;
  readonly status: string;
  /** The status search leaves it out, as it does with revoked instances. */
  readonly hidden: boolean;
  readonly created_at: number;
  /** When the terminal state was reached; 0 while open. */
  readonly settled_at: number;
  readonly read_at: number;
  /** 0: no more, unless a probe or the audit finds a reason. */
  readonly due_at: number;
}

/** Lark's states that end an instance, though an approved one may still be revoked. */
const terminal = new Set(['APPROVED', 'REJECTED', 'CANCELED', 'DELETED']);

/** A state read sooner than this after the end may lack what is written with the end. */
const settleMs = 10 * minuteMs;

/** Ages after the end at which a closed instance is read again, for revocations and late comments. */
const recheckDays = [1, 3, 7, 14, 30, 60, 120, 240];

/** How old an open instance is before it is read less often. */
const openTiers = [
  { untilAge: dayMs, every: 0 },
  { untilAge: 7 * dayMs, every: 4 * hourMs },
  { untilAge: 30 * dayMs, every: dayMs },
  { untilAge: Number.POSITIVE_INFINITY, every: 7 * dayMs },
];

export interface Reading {
  readonly at: number;
  readonly lookbackDays: number;
  /** Closings are found by the probes, so open instances are read daily at most. */
  readonly probed: boolean;
  readonly hidden: boolean;
}

/** What to remember of an instance that was read at `reading.at`. */
export function followOf(
  instance: JsonObject,
  codes: { readonly instance_code: string; readonly approval_code: string },
  reading: Reading,
): Follow {
  const status = typeof instance['status'] === 'string' ? instance['status'] : '';
  const created = time(instance['start_time']) || reading.at;
  const settled = terminal.has(status) ? time(instance['end_time']) || reading.at : 0;
  return {
    ...codes,
    status,
    hidden: reading.hidden,
    created_at: created,
    settled_at: settled,
    read_at: reading.at,
    due_at: settled === 0 ? openDue(created, reading) : closedDue(settled, reading),
  };
}

function openDue(created: number, reading: Reading): number {
  const age = reading.at - created;
  const tier = openTiers.find(({ untilAge }) => age < untilAge);
  const every = tier?.every ?? 0;
  return reading.at + (reading.probed ? Math.max(every, dayMs) : every);
}

function closedDue(settled: number, reading: Reading): number {
  if (reading.at < settled + settleMs) return settled + settleMs;
  const last = reading.lookbackDays;
  const days = [...recheckDays.filter((day) => day < last), last];
  const next = days.find((day) => settled + day * dayMs > reading.at);
  return next === undefined ? 0 : settled + next * dayMs;
}

function time(value: JsonObject[string]): number {
  const read = Number(typeof value === 'string' || typeof value === 'number' ? value : 0);
  return Number.isFinite(read) ? read : 0;
}
