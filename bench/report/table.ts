// The table that a run prints: a figure's numbers, and under them what it is.

import type { Finding } from './finding.ts';
import { barOf, written } from './numbers.ts';

const head = ['figure', 'median', 'bar', 'met', 'least .. most'] as const;

export function tableOf(findings: readonly Finding[]): string {
  const lines = [head, ...findings.map(cellsOf)];
  const widths = head.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  const texts = lines.map((line) =>
    line
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const [first = '', ...others] = texts;
  const bodies = others.map((text, at) => `${text}\n    ${sentenceOf(findings[at])}\n`);
  return `${first}\n${bodies.join('')}`;
}

/** How many bars are met, and which are not. */
export function balanceOf(findings: readonly Finding[]): string {
  const held = findings.filter(({ met }) => met !== undefined);
  const missed = held.filter(({ met }) => met === false).map(({ figure }) => figure.name);
  const balance = `${held.length - missed.length} of ${held.length} bars are met`;
  return missed.length === 0 ? `${balance}.` : `${balance}. MISSED: ${missed.join(', ')}.`;
}

function cellsOf({ figure, summary, met }: Finding): readonly string[] {
  const { name } = figure;
  if (summary === undefined) return [name, 'not measured', barOf(figure), '-', '-'];
  const { median, least, most } = summary;
  const spread = `${written(least, figure)} .. ${written(most, figure)}`;
  const verdict = met === undefined ? '-' : met ? 'yes' : 'NO';
  return [name, written(median, figure), barOf(figure), verdict, spread];
}

function sentenceOf(finding: Finding | undefined): string {
  const { title = '', limit } = finding?.figure ?? {};
  return limit === undefined ? title : `${title}; the limit is ${limit}`;
}
