// The forecast of a plan, for people.

import { fittedTable, type TableColumn } from '../table.ts';
import { count, duration, plural, wrap } from '../words.ts';
import type { SourceForecast } from './forecast.ts';

const columns: readonly TableColumn[] = [
  { title: 'endpoint' },
  { title: 'calls', align: 'right' },
  { title: 'minutes', align: 'right', worth: 1 },
];

/** `width` in terminal cells; undefined: any. */
export function forecastText(
  sources: readonly SourceForecast[],
  width: number | undefined,
): string {
  return sources.map((source) => sourceText(source, width)).join('\n\n');
}

function sourceText(forecast: SourceForecast, width: number | undefined): string {
  const rows = forecast.endpoints.map(({ endpoint, calls, minutes }) => [
    endpoint,
    count(calls),
    minutesText(minutes),
  ]);
  const table = rows.length === 0 ? [] : [fittedTable(columns, rows, width)];
  const sentences = sentencesOf(forecast).map((sentence) => wrap(sentence, width));
  return [[forecast.source, ...table].join('\n'), sentences.join('\n')].join('\n\n');
}

function minutesText(minutes: number): string {
  if (minutes < 0.1) return '< 0.1';
  return minutes < 10 ? minutes.toFixed(1) : count(minutes);
}

function sentencesOf(forecast: SourceForecast): string[] {
  const { endpoints, calls, minutes, quota, discovery_calls: own } = forecast;
  const [slowest] = endpoints;
  const metered = endpoints.filter((one) => one.metered).reduce((sum, one) => sum + one.calls, 0);
  const time =
    slowest === undefined
      ? ''
      : `, about ${duration(minutes * 60)}: endpoints are read side by side, and ${slowest.endpoint} takes longest`;
  return [
    `A sync would make ${plural(calls, 'call')}${time}.`,
    `${count(metered)} of them ${metered === 1 ? 'counts' : 'count'} against the monthly quota.`,
    ...(quota === null ? [] : [quotaSentence(quota, metered)]),
    `To find out, the plan itself made ${plural(own, 'call')}.`,
  ];
}

function quotaSentence(
  { limit, used, left }: NonNullable<SourceForecast['quota']>,
  metered: number,
): string {
  const state = `Of the quota of ${count(limit)} calls a month ${count(used)} are used and ${count(left)} are left`;
  return metered > left
    ? `${state}: fewer than the sync needs, so that it would stop before its end.`
    : `${state}.`;
}
