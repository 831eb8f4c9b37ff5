// The results of a run as they are kept, and the baseline that later runs are told against.

import { readFile, writeFile } from 'node:fs/promises';
import type { Quantities } from '../figure.ts';
import type { Options } from '../options.ts';
import type { Finding } from './finding.ts';
import { isWorse } from './finding.ts';
import { written } from './numbers.ts';

/** Where and on what a run was made. */
export interface Conditions {
  readonly date: string;
  readonly node: string;
  readonly postgres: string;
  readonly cores: number;
  readonly processor: string;
  readonly memoryMb: number;
  readonly rows: number;
  readonly rounds: number;
  readonly quick: boolean;
  readonly only: readonly string[];
}

export interface Results {
  readonly conditions: Conditions;
  readonly findings: readonly Finding[];
  /** All that each round measured, by measurement. */
  readonly quantities: Readonly<Record<string, readonly Quantities[]>>;
  readonly notes: ReadonlyMap<string, string>;
}

export async function writeResults(file: URL, results: Results): Promise<void> {
  const { conditions, findings, quantities, notes } = results;
  const figures = findings.map(({ figure, summary, met }) => ({
    name: figure.name,
    title: figure.title,
    unit: figure.unit,
    better: figure.better,
    bar: figure.bar ?? null,
    limit: figure.limit ?? null,
    met: met ?? null,
    median: summary?.median ?? null,
    least: summary?.least ?? null,
    most: summary?.most ?? null,
    rounds: summary?.rounds ?? [],
  }));
  const all = { ...conditions, figures, quantities, notes: Object.fromEntries(notes) };
  await writeFile(file, `${JSON.stringify(all, null, 2)}\n`);
}

interface Baseline {
  readonly conditions: Conditions;
  readonly medians: Readonly<Record<string, number>>;
}

/** Makes the medians of this run the baseline; those of figures that it did not measure stay. */
export async function acceptBaseline(file: URL, results: Results): Promise<void> {
  const known = await readBaseline(file);
  const found = results.findings.flatMap(({ figure, summary }) =>
    summary === undefined ? [] : [[figure.name, summary.median] as const],
  );
  const medians = { ...known?.medians, ...Object.fromEntries(found) };
  const baseline: Baseline = { conditions: results.conditions, medians };
  await writeFile(file, `${JSON.stringify(baseline, null, 2)}\n`);
}

async function readBaseline(file: URL): Promise<Baseline | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

/** What got worse than the baseline by more than 15 %, as sentences; or why that cannot be told. */
export async function regressions(
  file: URL,
  { findings, conditions }: Results,
  { only }: Options,
): Promise<readonly string[]> {
  const baseline = await readBaseline(file);
  if (baseline === undefined) return ['There is no baseline yet: --accept writes one.'];
  const { rows, cores } = baseline.conditions;
  if (rows !== conditions.rows || cores !== conditions.cores) {
    return [
      `The baseline is of ${rows} rows on ${cores} cores, which these figures cannot be compared with.`,
    ];
  }
  const worse = findings.flatMap(({ figure, summary }) => {
    const before = baseline.medians[figure.name];
    if (before === undefined || summary === undefined) return [];
    if (!isWorse(figure, summary.median, before)) return [];
    const [now, then] = [written(summary.median, figure), written(before, figure)];
    return [`REGRESSION: ${figure.name} is ${now} and was ${then} in the baseline.`];
  });
  const which = only.length === 0 ? 'No figure' : 'None of these figures';
  return worse.length > 0 ? worse : [`${which} is more than 15 % worse than the baseline.`];
}
