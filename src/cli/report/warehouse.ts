// What the sources share: the runs, and the sizes of the tables.

import type { Overview } from '../status/overview.ts';
import { count, duration, plural } from '../words.ts';
import { ranking, singleBars } from './charts.ts';
import { figure } from './figure.ts';
import { bytes } from './figures.ts';
import { type Html, html } from './html.ts';
import { moment, state, toneColor } from './marks.ts';
import type { Records, ReportedRun, TableSize } from './read.ts';
import { type Column, table } from './table.ts';

const sizesShown = 10;
const lastShown = 10;

/** Null where nothing ever ran. */
function runsFigure(runs: readonly ReportedRun[], now: Date): Html | null {
  if (runs.length === 0) return null;
  const ended = runs.filter(({ seconds }) => seconds !== null).toReversed();
  const bad = runs.filter(({ status }) => status === 'incomplete' || status === 'abandoned');
  const longest = Math.max(0, ...ended.map(({ seconds }) => seconds ?? 0));
  return figure({
    title: 'Seconds by run',
    says: `${runs.length === 1 ? 'The only run so far' : `The last ${plural(runs.length, 'run')}`}: ${bad.length === 0 ? 'none' : count(bad.length)} failed, the longest took ${duration(longest)}.`,
    legend: [
      ['--good', 'complete'],
      ['--bad', 'incomplete or abandoned'],
      ['--warn', 'interrupted'],
    ],
    option: singleBars(
      ended.map(({ run_id: id }) => String(id)),
      ended.map(({ seconds, status }) => ({ value: seconds ?? 0, color: toneColor(status) })),
    ),
    numbers: secondsTable(runs, now),
  });
}

function secondsTable(runs: readonly ReportedRun[], now: Date): Html {
  return table('Seconds by run, the newest first', [...whenAndHow(now), took], runs);
}

/** The last runs with all that is known of them. Null where nothing ever ran. */
function lastRuns(runs: readonly ReportedRun[], now: Date): Html | null {
  if (runs.length === 0) return null;
  return table(
    'Last runs',
    [
      ...whenAndHow(now),
      { title: 'Command', cell: ({ command }) => command },
      took,
      { title: 'Records', isNumber: true, cell: ({ records }) => count(records) },
      { title: 'Rows written', isNumber: true, cell: ({ rows }) => count(rows) },
      { title: 'Calls', isNumber: true, cell: ({ requests }) => count(requests) },
      { title: 'Version', cell: ({ version }) => version },
      { title: 'Error', cell: ({ error }) => error ?? '' },
    ],
    runs.slice(0, lastShown),
  );
}

function whenAndHow(now: Date): readonly Column<ReportedRun>[] {
  return [
    { title: 'Run', cell: ({ run_id: id }) => `run ${id}` },
    { title: 'Began', cell: ({ started_at: at }) => moment(at, now) },
    { title: 'Ended', cell: ({ status }) => state(status) },
  ];
}

const took: Column<ReportedRun> = {
  title: 'Took',
  isNumber: true,
  cell: ({ seconds }) => (seconds === null ? '' : duration(seconds)),
};

/** Null where there is no table. */
function sizesFigure(schema: string, sizes: readonly TableSize[]): Html | null {
  const [largest] = sizes;
  if (largest === undefined) return null;
  const all = sizes.reduce((sum, one) => sum + one.bytes, 0);
  const shown = sizes.slice(0, sizesShown);
  return figure({
    title: 'Sizes of tables',
    says: `${plural(sizes.length, 'table')} in schema ${schema} take ${bytes(all)} with their indexes; ${largest.table} takes most, ${bytes(largest.bytes)}.`,
    option: ranking(
      shown.map((one) => one.table),
      shown.map((one) => one.bytes),
    ),
    numbers: table(
      'Tables, the largest first',
      [
        { title: 'Table', cell: (one) => one.table },
        { title: 'Size', isNumber: true, cell: (one) => bytes(one.bytes) },
        { title: 'Rows, about', isNumber: true, cell: ({ rows }) => count(rows) },
      ],
      sizes,
    ),
  });
}

export function warehouseSection(
  { runs, sizes }: Pick<Records, 'runs' | 'sizes'>,
  { schema, at }: Pick<Overview, 'schema' | 'at'>,
): Html {
  const last = lastRuns(runs, at);
  return html`<section aria-labelledby="warehouse">
<h2 id="warehouse">Runs and warehouse</h2>
<div class="figures">${[runsFigure(runs, at), sizesFigure(schema, sizes)]}</div>
${last === null ? null : html`<div class="card">${last}</div>`}
</section>
`;
}
