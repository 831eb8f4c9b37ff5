// The state of sources, streams and runs, for people.

import { saysStopped } from '../stopped.ts';
import { fittedTable, type TableColumn } from '../table.ts';
import { age, count, duration, harmless, plural, wrap } from '../words.ts';
import { waitingSentences } from './notes.ts';
import type { Overview, SourceState, StreamState } from './overview.ts';
import { furthestBehind } from './position.ts';
import type { RunRow } from './read.ts';

const right = 'right' as const;

const streamColumns: readonly TableColumn[] = [
  { title: 'stream' },
  { title: 'fresh as of' },
  { title: 'last run', worth: 6 },
  { title: 'rows', align: right, worth: 4 },
  { title: 'new', align: right, worth: 3 },
  { title: 'changed', align: right, worth: 2 },
  { title: 'deleted', align: right, worth: 1 },
  { title: 'rejects', align: right, worth: 5 },
];

const cursorColumns: readonly TableColumn[] = [
  { title: 'stream' },
  { title: 'cursors', align: right, worth: 1 },
  { title: 'where the oldest stands' },
];

const runColumns: readonly TableColumn[] = [
  { title: 'run' },
  { title: 'started' },
  { title: 'took', align: right, worth: 2 },
  { title: 'status' },
  { title: 'command', worth: 1 },
];

/** `width` in terminal cells; undefined: any. */
export function statusText(overview: Overview, width: number | undefined): string {
  const now = overview.at.getTime();
  const sections = overview.sources.map((source) => sourceText(source, now, width));
  const { runs } = overview;
  return [...sections, runs.length === 0 ? 'No run so far.' : runsText(runs, now, width)].join(
    '\n\n',
  );
}

function sourceText(source: SourceState, now: number, width: number | undefined): string {
  const cells = source.streams.map((stream) => streamCells(stream, now));
  const errors = source.streams.flatMap(({ stream, last_run: last }) =>
    linesOf(last?.error ?? null).map((line) => `${stream}: ${line}`),
  );
  const notes = [...waitingSentences(source, now), ...errors];
  const parts = [
    [wrap(quotaLine(source), width), fittedTable(streamColumns, cells, width)].join('\n'),
    notes.map((note) => wrap(note, width)).join('\n'),
    cursorsText(source, width),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function quotaLine(source: SourceState): string {
  const { calls_this_month: calls, monthly_calls: limit, calls_left: left } = source;
  const of = limit === null ? '' : ` of ${count(limit)}`;
  const rest = left === null ? '' : `, ${count(left)} left`;
  return `${source.source}: ${count(calls)}${of} calls this month${rest}`;
}

function streamCells(state: StreamState, now: number): string[] {
  const { stream, fresh_at: fresh, last_run: last, open_rejects: rejects } = state;
  const counts = last === null ? [] : [last.inserted, last.updated, last.deleted];
  const cells = counts.length === 0 ? ['', '', ''] : counts.map(count);
  return [
    stream,
    fresh === null ? 'never' : age(now - fresh.getTime()),
    last?.status ?? '',
    `${state.rows_estimated ? '~' : ''}${count(state.rows)}`,
    ...cells,
    count(rejects),
  ];
}

/** Where each stream stands that was read at all. */
function cursorsText({ streams }: SourceState, width: number | undefined): string {
  const rows = streams.flatMap(({ stream, cursors }) => {
    const last = furthestBehind(cursors);
    return last === undefined ? [] : [[stream, count(cursors.length), last.says]];
  });
  return rows.length === 0 ? '' : fittedTable(cursorColumns, rows, width);
}

function runsText(runs: readonly RunRow[], now: number, width: number | undefined): string {
  const rows = runs.map(({ run_id: id, started_at: start, finished_at: end, status, command }) => [
    String(id),
    age(now - start.getTime()),
    end === null ? '' : duration((end.getTime() - start.getTime()) / 1000),
    status,
    command,
  ]);
  const errors = runs.flatMap(({ run_id: id, error }) =>
    linesOf(error).map((line) => wrap(`run ${id}: ${line}`, width)),
  );
  const table = fittedTable(runColumns, rows, width);
  const head = `last ${rows.length === 1 ? 'run' : plural(rows.length, 'run')}`;
  return [head, table, ...errors].join('\n');
}

/** Lines of an error that say more than that the run was stopped. */
function linesOf(error: string | null): readonly string[] {
  return harmless(error ?? '')
    .split('\n')
    .filter((line) => line !== '' && !saysStopped(line));
}
