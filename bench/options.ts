// What a run of the benchmark is asked for: node bench/run.ts [--only NAME ..] [--rounds N] [--rows N] [--quick] [--long] [--accept] [--profile FOLDER]

import { parseArgs } from 'node:util';

export interface Options {
  /** Names of measurements; empty: all. */
  readonly only: readonly string[];
  readonly rounds: number;
  /** Base records of a first load; the other measurements scale with it. */
  readonly rows: number;
  /** Small and short: to see that it works, not to be believed. */
  readonly quick: boolean;
  /** Growth up to 10 million records and 50 million punches. */
  readonly long: boolean;
  /** Makes the medians of this run the baseline. */
  readonly accept: boolean;
  /** Where the working processes leave CPU profiles. */
  readonly profile: string | undefined;
}

/** Throws TypeError for arguments that make no sense. */
export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string' },
      rows: { type: 'string' },
      quick: { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
      accept: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  });
  const { only, quick, long, accept, profile } = values;
  if (accept && quick) throw new TypeError('--accept takes a full run, not a quick one');
  return {
    only,
    quick,
    long,
    accept,
    profile,
    rounds: wholeNumber('rounds', values.rounds ?? (quick ? '2' : '5'), 1),
    rows: wholeNumber('rows', values.rows ?? (quick ? '10000' : '100000'), 1000),
  };
}

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new TypeError(`--${name} must be a whole number of at least ${least}`);
}
