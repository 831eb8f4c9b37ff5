// Rows that runs wrote for a source, by day.

import { count, plural } from '../words.ts';
import { stackedBars } from './charts.ts';
import { shortDay } from './days.ts';
import { figure } from './figure.ts';
import type { Html } from './html.ts';
import type { DayRows } from './read.ts';
import { table } from './table.ts';

const kinds = [
  ['--c1', 'new', 'inserted'],
  ['--c2', 'changed', 'updated'],
  ['--c3', 'deleted', 'deleted'],
] as const;

/** Null where nothing was written. */
export function rowsFigure(days: readonly string[], rows: readonly DayRows[]): Html | null {
  const written = rows.filter((row) => totalOf(row) > 0);
  if (written.length === 0) return null;
  const byDay = new Map(written.map((row) => [row.day, row]));
  const sum = (kind: 'inserted' | 'updated' | 'deleted'): number =>
    written.reduce((all, row) => all + row[kind], 0);
  const busiest = written.reduce((most, row) => (totalOf(row) > totalOf(most) ? row : most));
  const top = topOf(written.map(totalOf));
  return figure({
    title: 'Rows by day',
    says: `${plural(sum('inserted'), 'row')} new, ${count(sum('updated'))} changed and ${count(sum('deleted'))} deleted in 31 days; most on ${shortDay(busiest.day)}, ${count(totalOf(busiest))}${top === undefined ? '' : ', which the chart cuts off'}.`,
    legend: kinds.map(([color, name]) => [color, name] as const),
    option: stackedBars(
      days.map(shortDay),
      kinds.map(([color, , kind]) => ({
        color,
        values: days.map((day) => byDay.get(day)?.[kind] ?? 0),
      })),
      top,
    ),
    numbers: table(
      'Rows by day (UTC)',
      [
        { title: 'Day', cell: ({ day }) => day },
        { title: 'New', isNumber: true, cell: ({ inserted }) => count(inserted) },
        { title: 'Changed', isNumber: true, cell: ({ updated }) => count(updated) },
        { title: 'Deleted', isNumber: true, cell: ({ deleted }) => count(deleted) },
      ],
      written.toSorted((a, b) => b.day.localeCompare(a.day)),
    ),
  });
}

function totalOf({ inserted, updated, deleted }: DayRows): number {
  return inserted + updated + deleted;
}

/** Where one day outgrows all others, as that of a first sync does: where its bar is cut off. */
function topOf(totals: readonly number[]): number | undefined {
  const [most = 0, second = 0] = totals.toSorted((a, b) => b - a);
  return second > 0 && most > 4 * second ? Math.ceil(second * 1.5) : undefined;
}
