// Calls to Lark of a source, by day and by endpoint, beside the limits that Lark sets.

import type { RateWindow } from '../../tenant.ts';
import { endpointNamed } from '../metered.ts';
import { count, plural } from '../words.ts';
import { stackedBars } from './charts.ts';
import { shortDay } from './days.ts';
import { figure } from './figure.ts';
import { share } from './figures.ts';
import type { Html } from './html.ts';
import type { DayCalls } from './read.ts';
import { table } from './table.ts';

const colors = ['--c1', '--c2', '--c3', '--c4', '--c5', '--c6'] as const;

/** Calls of an endpoint in the days of the report. */
interface Use {
  readonly endpoint: string;
  readonly requests: number;
  readonly throttled: number;
  readonly errors: number;
  readonly byDay: ReadonlyMap<string, number>;
}

/** Null where no call was made. */
export function callsFigure(days: readonly string[], calls: readonly DayCalls[]): Html | null {
  const uses = usesOf(calls);
  if (uses.length === 0) return null;
  const all = uses.reduce((sum, { requests }) => sum + requests, 0);
  const throttled = uses.reduce((sum, use) => sum + use.throttled, 0);
  const shown = uses.length <= colors.length ? uses : uses.slice(0, colors.length - 1);
  const rest = uses.slice(shown.length);
  const series = [
    ...shown.map(({ endpoint, byDay }) => ({
      name: endpoint,
      of: (day: string) => byDay.get(day) ?? 0,
    })),
    ...(rest.length === 0
      ? []
      : [
          {
            name: plural(rest.length, 'other endpoint'),
            of: (day: string) => rest.reduce((sum, { byDay }) => sum + (byDay.get(day) ?? 0), 0),
          },
        ]),
  ];
  const colored = series.map((one, index) => ({ ...one, color: colors[index] ?? '--c1' }));
  return figure({
    title: 'Calls by day and endpoint',
    says: `${plural(all, 'call')} in 31 days, most of them ${uses[0]?.endpoint ?? ''}; Lark refused ${count(throttled)} (${share(throttled, all)}) because of its rate limits.`,
    legend: colored.map(({ color, name }) => [color, name] as const),
    option: stackedBars(
      days.map(shortDay),
      colored.map(({ color, of }) => ({ color, values: days.map(of) })),
    ),
    numbers: byDayTable(days, uses),
  });
}

/** Calls in all, throttled and failed ones, and the limit of each endpoint. Null where no call was made. */
export function limitsTable(calls: readonly DayCalls[]): Html | null {
  const uses = usesOf(calls);
  if (uses.length === 0) return null;
  return table(
    'Calls by endpoint in 31 days, and what Lark allows',
    [
      { title: 'Endpoint', cell: ({ endpoint }) => endpoint },
      { title: 'Calls', isNumber: true, cell: ({ requests }) => count(requests) },
      { title: 'Throttled', isNumber: true, cell: ({ throttled }) => count(throttled) },
      { title: 'Failed', isNumber: true, cell: ({ errors }) => count(errors) },
      { title: 'Limit', cell: ({ endpoint }) => limitOf(endpointNamed(endpoint)?.windows ?? []) },
      {
        title: 'Against the quota',
        cell: ({ endpoint }) => (endpointNamed(endpoint)?.metered === false ? 'free' : 'counts'),
      },
    ],
    uses,
  );
}

function byDayTable(days: readonly string[], uses: readonly Use[]): Html {
  const lines = days.toReversed().flatMap((day) =>
    uses.flatMap(({ endpoint, byDay }) => {
      const requests = byDay.get(day) ?? 0;
      return requests === 0 ? [] : [{ day, endpoint, requests }];
    }),
  );
  return table(
    'Calls by day (UTC) and endpoint',
    [
      { title: 'Day', cell: ({ day }) => day },
      { title: 'Endpoint', cell: ({ endpoint }) => endpoint },
      { title: 'Calls', isNumber: true, cell: ({ requests }) => count(requests) },
    ],
    lines,
  );
}

/** Those that are called most come first. */
function usesOf(calls: readonly DayCalls[]): readonly Use[] {
  const groups = [...Map.groupBy(calls, ({ endpoint }) => endpoint)];
  const uses = groups.map(([endpoint, group]): Use => {
    const sum = (value: (one: DayCalls) => number): number =>
      group.reduce((all, one) => all + value(one), 0);
    return {
      endpoint,
      requests: sum(({ requests }) => requests),
      throttled: sum(({ throttled }) => throttled),
      errors: sum(({ errors }) => errors),
      byDay: new Map(group.map(({ day, requests }) => [day, requests])),
    };
  });
  return uses.toSorted((a, b) => b.requests - a.requests);
}

/** 1,000 a minute, 50 a second */
function limitOf(windows: readonly RateWindow[]): string {
  const units: Readonly<Record<number, string>> = { 1000: 'a second', 60000: 'a minute' };
  return windows
    .map(({ calls, ms }) => `${count(calls)} ${units[ms] ?? `in ${count(ms / 1000)} s`}`)
    .join(', ');
}
