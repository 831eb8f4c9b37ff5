// How a source's calls of this month grow towards its quota, and where they would end.

import { meteredCalls } from '../metered.ts';
import type { SourceState } from '../status/overview.ts';
import { count } from '../words.ts';
import { growth } from './charts.ts';
import { shortDay } from './days.ts';
import { figure } from './figure.ts';
import { share } from './figures.ts';
import type { Html } from './html.ts';
import type { DayCalls } from './read.ts';
import { table } from './table.ts';

/** Null where no quota is configured. */
export function quotaFigure(
  { calls_this_month: used, monthly_calls: limit }: SourceState,
  calls: readonly DayCalls[],
  at: Date,
): Html | null {
  if (limit === null) return null;
  const days = daysOfMonth(at);
  const today = at.toISOString().slice(0, 10);
  const byDay = Map.groupBy(calls, ({ day }) => day);
  let sum = 0;
  const sums = days.map((day) => {
    const group = byDay.get(day) ?? [];
    sum += meteredCalls(new Map(group.map(({ endpoint, requests }) => [endpoint, requests])));
    return day > today ? null : sum;
  });
  const passed = monthPassed(at, days.length);
  const expected = Math.round(used / passed);
  return figure({
    title: 'Calls of this month against the quota',
    says: `${count(used)} of ${count(limit)} calls (${share(used, limit)}) so far; at this pace about ${count(expected)} by the end of the month${expected > limit ? ', which is more than the quota' : ''}.`,
    legend: [
      ['--c1', 'calls that count'],
      ['--bad', `quota, ${count(limit)}`],
    ],
    option: growth(days.map(shortDay), sums, limit),
    isFull: true,
    numbers: table(
      'Calls that count, from the 1st on (UTC)',
      [
        { title: 'Day', cell: ({ day }) => day },
        { title: 'Calls so far', isNumber: true, cell: ({ so_far: made }) => count(made) },
        { title: 'Of the quota', isNumber: true, cell: ({ so_far: made }) => share(made, limit) },
      ],
      days
        .flatMap((day, index) => {
          const made = sums[index] ?? null;
          return made === null ? [] : [{ day, so_far: made }];
        })
        .toReversed(),
    ),
  });
}

function daysOfMonth(at: Date): readonly string[] {
  const month = at.toISOString().slice(0, 7);
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  return Array.from(
    { length: last },
    (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`,
  );
}

/** The part of the month that is over, more than nothing. */
function monthPassed(at: Date, days: number): number {
  const start = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1);
  return Math.max(0.01, (at.getTime() - start) / (days * 86_400_000));
}
