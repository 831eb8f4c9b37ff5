// What a sync did for each stream of a source, as a table that fits the terminal.

import { styleText } from 'node:util';
import type { SourceReport, Status, StreamReport } from '../sync/report.ts';
import { fittedTable, type TableColumn } from '../table.ts';
import { count, duration } from '../words.ts';

export interface TableStyle {
  /** Terminal cells; undefined: any. */
  readonly width: number | undefined;
  readonly color: boolean;
  /** Nothing was written: rows are only counted. */
  readonly dryRun: boolean;
}

interface Column extends TableColumn {
  readonly cell: (stream: StreamReport, style: TableStyle) => string;
}

const number = (title: string, value: (stream: StreamReport) => number, worth: number): Column => ({
  title,
  align: 'right',
  cell: (stream) => (stream.status === 'skipped' ? '' : count(value(stream))),
  worth,
});

const first: readonly Column[] = [
  { title: 'stream', cell: ({ stream }) => stream },
  { title: 'status', cell: ({ status }, style) => painted(status, style) },
  number('records', ({ records }) => records, 3),
];

const changes: readonly Column[] = [
  number('new', ({ inserted }) => inserted, 9),
  number('changed', ({ updated }) => updated, 8),
  number('unchanged', ({ unchanged }) => unchanged, 5),
  number('deleted', ({ deleted }) => deleted, 7),
];

const rows: Column = number('rows', ({ inserted }) => inserted, 9);

const last: readonly Column[] = [
  number('rejected', ({ rejected }) => rejected, 6),
  number('calls', ({ requests }) => requests, 2),
  {
    title: 'time',
    align: 'right',
    cell: ({ status, seconds }) => (status === 'skipped' ? '' : duration(seconds)),
    worth: 1,
  },
];

export function outcomeTable({ streams }: SourceReport, style: TableStyle): string {
  const columns = [...first, ...(style.dryRun ? [rows] : changes), ...last];
  const cells = streams.map((stream) => columns.map(({ cell }) => cell(stream, style)));
  return fittedTable(columns, cells, style.width);
}

const colors = {
  complete: 'green',
  incomplete: 'red',
  interrupted: 'yellow',
  skipped: 'dim',
} as const;

function painted(status: Status, { color }: TableStyle): string {
  return color ? styleText(colors[status], status, { validateStream: false }) : status;
}
