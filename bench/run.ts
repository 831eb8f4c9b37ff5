// Measures larkhouse: prints how each figure stands to its bar and to the baseline, and keeps the results.

import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { catalog } from './catalog.ts';
import type { Measurement, Quantities } from './figure.ts';
import { type Options, optionsFrom } from './options.ts';
import { chartOf } from './report/chart.ts';
import { findingOf } from './report/finding.ts';
import {
  acceptBaseline,
  type Conditions,
  type Results,
  regressions,
  writeResults,
} from './report/results.ts';
import { balanceOf, tableOf } from './report/table.ts';
import { runRounds } from './rounds.ts';
import { Cleanup } from './stand/cleanup.ts';
import { type Postgres, startPostgres } from './stand/postgres.ts';
import { openStand } from './stand/stand.ts';

const baselineFile = new URL('./baseline.json', import.meta.url);
const resultsFile = new URL('./results.json', import.meta.url);
const chartFile = new URL('./results.svg', import.meta.url);

const cleanup = new Cleanup();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void cleanup.run().finally(() => process.exit(130)));
}

process.exitCode = await main();

async function main(): Promise<number> {
  let options: Options;
  let chosen: readonly Measurement[];
  try {
    options = optionsFrom(process.argv.slice(2));
    chosen = chosenFrom(options);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 2;
  }
  try {
    return await measure(options, chosen);
  } catch (error) {
    if (!cleanup.isRunning) say(String(error));
    return 1;
  } finally {
    await cleanup.run();
  }
}

function chosenFrom({ only }: Options): readonly Measurement[] {
  const unknown = only.filter((name) => catalog.every((one) => one.name !== name));
  if (unknown.length > 0) {
    const names = catalog.map(({ name }) => name).join(', ');
    throw new TypeError(`there is no measurement ${unknown.join(', ')}; there are ${names}`);
  }
  return catalog.filter(({ name }) => only.length === 0 || only.includes(name));
}

/** Gives the exit code: 1 when a measurement could not be made. */
async function measure(options: Options, chosen: readonly Measurement[]): Promise<number> {
  const postgres = await startPostgres(cleanup);
  const notes = new Map<string, string>();
  const quantities: Record<string, readonly Quantities[]> = {};
  const broken: string[] = [];
  for (const measurement of chosen) {
    const own = new Cleanup();
    const end = cleanup.add(() => own.run());
    const stand = openStand({ options, postgres, cleanup: own, notes });
    try {
      quantities[measurement.name] = await runRounds(measurement, stand, say);
    } catch (error) {
      if (cleanup.isRunning) throw error;
      broken.push(`BROKE: ${measurement.name}: ${error instanceof Error ? error.stack : error}`);
    } finally {
      await end();
    }
  }
  const findings = chosen.flatMap(({ name, figures }) =>
    figures.map((figure) => findingOf(figure, quantities[name] ?? [])),
  );
  await report(
    { conditions: conditionsOf(options, postgres), findings, quantities, notes },
    options,
  );
  for (const one of broken) say(one);
  return broken.length === 0 ? 0 : 1;
}

async function report(results: Results, options: Options): Promise<void> {
  const { findings, conditions } = results;
  process.stdout.write(`\n${tableOf(findings)}\n${balanceOf(findings)}\n`);
  for (const line of await regressions(baselineFile, results, options)) {
    process.stdout.write(`${line}\n`);
  }
  const { date, cores, rows, rounds, postgres } = conditions;
  const subtitle = `larkhouse against its bars: ${rows} rows, median of ${rounds}, ${cores} cores, Postgres ${postgres}, ${date.slice(0, 10)}`;
  await writeResults(resultsFile, results);
  await writeFile(chartFile, chartOf(findings, subtitle));
  if (options.accept) await acceptBaseline(baselineFile, results);
}

function conditionsOf({ rows, rounds, quick, only }: Options, { version }: Postgres): Conditions {
  return {
    date: new Date().toISOString(),
    node: process.versions.node,
    postgres: version,
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryMb: Math.round(totalmem() / 1e6),
    rows,
    rounds,
    quick,
    only,
  };
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
