// Tables for people: columns under one another, without lines between them.

import CliTable from 'cli-table3';
import stringWidth from 'string-width';
import { clip } from './words.ts';

export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** The lowest goes first where the terminal is narrow; without one it stays. */
  readonly worth?: number;
}

const bare = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Lines without trailing blanks; texts may hold colours. */
export function tableText(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
): string {
  const table = new CliTable({
    head: columns.map(({ title }) => title),
    colAligns: columns.map(({ align = 'left' }) => align),
    chars: bare,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/**
 * The table within so many terminal cells, of any width without them. Columns of nothing but zeros go
 * first, then those that are worth least, and at last what still sticks out is cut off.
 */
export function fittedTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number | undefined,
): string {
  if (width === undefined) return tableText(columns, rows);
  const shown = fitting([...columns.keys()], columns, rows, width);
  const kept = shown.map((at) => columns[at] ?? { title: '' });
  const cells = rows.map((row) => shown.map((at) => row[at] ?? ''));
  const lines = tableText(kept, cells).split('\n');
  return lines.map((line) => clip(line, width)).join('\n');
}

/** Positions of the columns that fit. */
function fitting(
  shown: readonly number[],
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly number[] {
  const widths = shown.map((at) =>
    Math.max(
      stringWidth(columns[at]?.title ?? ''),
      ...rows.map((row) => stringWidth(row[at] ?? '')),
    ),
  );
  const needed = widths.reduce((sum, one) => sum + one, 2 * Math.max(0, shown.length - 1));
  const droppable = shown.filter((at) => columns[at]?.worth !== undefined);
  const empty = droppable.filter((at) => rows.every((row) => /^0?$/.test(row[at] ?? '')));
  const worth = (at: number): number => columns[at]?.worth ?? 0;
  const [goes] = (empty.length > 0 ? empty : droppable).toSorted(
    (one, other) => worth(one) - worth(other),
  );
  if (needed <= width || goes === undefined) return shown;
  return fitting(
    shown.filter((at) => at !== goes),
    columns,
    rows,
    width,
  );
}
