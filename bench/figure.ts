// The words of the benchmark. A measurement has trials, which every round runs once each, side by side in
// time; a trial gives quantities; a figure is one number made of a round's quantities, with the bar it is held to.

import type { Stand } from './stand/stand.ts';

/** By name: seconds, rows, bytes, calls; whatever the trial says. */
export type Quantities = Readonly<Record<string, number>>;

/** x is a ratio. */
export type Unit = 'x' | 'rows/s' | 'rows' | 'calls' | 'ms' | 'MB' | 'MB/100k rows' | '%';

export interface Figure {
  /** Unique, `measurement.what`. */
  readonly name: string;
  /** What is measured, and against what. */
  readonly title: string;
  readonly unit: Unit;
  readonly better: 'more' | 'less';
  /** At least this when more is better, at most this when less is. */
  readonly bar?: number;
  /** What no design could pass. */
  readonly limit?: string;
  /** From the quantities of one round; NaN when the round did not measure it. */
  of(round: Quantities): number;
}

/** Rounds count from 0. Whatever it needs is made ready before its clock starts. */
export type Trial = (round: number) => Promise<Quantities>;

export interface Measurement {
  readonly name: string;
  readonly figures: readonly Figure[];
  /** Makes ready what the trials share. */
  prepare(stand: Stand): Promise<readonly Trial[]>;
}

/** One quantity as it is; NaN when it was not measured. */
export function given(name: string): (round: Quantities) => number {
  return (round) => round[name] ?? Number.NaN;
}

/** One quantity divided by another. */
export function ratio(above: string, below: string): (round: Quantities) => number {
  return (round) => (round[above] ?? Number.NaN) / (round[below] ?? Number.NaN);
}
