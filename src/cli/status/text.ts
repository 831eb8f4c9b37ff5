// The state of sources, streams and runs, for people.

import { saysStopped } from '../interrupt.ts';
import { fittedTable, type TableColumn } from '../table.ts';
import { age, count, duration, wrap } from '../words.ts';
import type { Overview, SourceState, StreamState } from './overview.ts';
import type { RunRow } from './read.ts';

const right = 'right' as const;

const streamColumns: readonly TableColumn[] = [
  { title: 'stream' },
  { title: 'fresh as of' },
  { title: 'last run', worth: 5 },
  { title: 'new', align: right, worth: 3 },
  { title: 'changed', align: right, worth: 2 },
  { title: 'deleted', align: right, worth: 1 },
  { title: 'rejects', align: right, worth: 4 },
];

export interface TextStyle {
  /** Epoch ms. */
  readonly now: number;
  /** Terminal cells; undefined: any. */
  readonly width: number | undefined;
}

export function statusText({ sources, runs }: Overview, style: TextStyle): string {
  const sections = sources.map((source) => sourceText(source, style));
  return [...sections, runs.length === 0 ? 'No run so far.' : runsText(runs, style)].join('\n\n');
}

function sourceText(
  { source, streams, calls_this_month: calls, monthly_calls: limit }: SourceState,
  { now, width }: TextStyle,
): string {
  const quota = limit === null ? '' : ` of ${count(limit)}`;
  const head = `${source}: ${count(calls)}${quota} calls this month`;
  const table = fittedTable(
    streamColumns,
    streams.map((stream) => streamCells(stream, now)),
    width,
  );
  const errors = streams.flatMap(({ stream, last_run: last }) =>
    (last?.error?.split('\n') ?? [])
      .filter((line) => !saysStopped(line))
      .map((line) => wrap(`${stream}: ${line}`, width)),
  );
  return [head, table, ...errors].join('\n');
}

function streamCells(
  { stream, fresh_at: fresh, last_run: last, open_rejects: rejects }: StreamState,
  now: number,
): string[] {
  const counts = last === null ? [] : [last.inserted, last.updated, last.deleted];
  const cells = counts.length === 0 ? ['', '', ''] : counts.map(count);
  return [
    stream,
    fresh === null ? 'never' : age(now - fresh.getTime()),
    last?.status ?? '',
    ...cells,
    count(rejects),
  ];
}

function runsText(runs: readonly RunRow[], { now, width }: TextStyle): string {
  const columns = ['run', 'started', 'took', 'status', 'command', 'error'].map((title) => ({
    title,
  }));
  const rows = runs.map(
    ({ run_id: id, started_at: start, finished_at: end, status, command, error }) => [
      String(id),
      age(now - start.getTime()),
      end === null ? '' : duration((end.getTime() - start.getTime()) / 1000),
      status,
      command,
      error ?? '',
    ],
  );
  return `last runs\n${fittedTable(columns, rows, width)}`;
}
