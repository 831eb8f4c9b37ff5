// A figure after its rounds: its median and spread, whether its bar is met, and whether it got worse.

import type { Figure, Quantities } from '../figure.ts';
import { type Summary, summaryOf } from '../statistics.ts';

export interface Finding {
  readonly figure: Figure;
  /** Undefined when this run did not measure it. */
  readonly summary: Summary | undefined;
  /** Undefined without a bar or a summary. */
  readonly met: boolean | undefined;
}

export function findingOf(figure: Figure, rounds: readonly Quantities[]): Finding {
  const summary = summaryOf(rounds.map((round) => figure.of(round)));
  return { figure, summary, met: isMet(figure, summary) };
}

function isMet({ better, bar }: Figure, summary: Summary | undefined): boolean | undefined {
  if (bar === undefined || summary === undefined) return undefined;
  return better === 'more' ? summary.median >= bar : summary.median <= bar;
}

/** As shares of what it was; beyond it is a regression. */
const tolerance = 0.15;

/** Whether a median is worse than the baseline's by more than the tolerance. */
export function isWorse({ better }: Figure, median: number, baseline: number): boolean {
  return better === 'more'
    ? median < baseline * (1 - tolerance)
    : median > baseline * (1 + tolerance);
}
