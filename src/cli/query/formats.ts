// The rows of an answer as a table, as CSV and as JSON.

import stringWidth from 'string-width';
import { clip, onOneLine, pad, plural } from '../words.ts';
import type { Answer, AnswerColumn } from './statement.ts';

/** At most so many terminal cells for one value of a table. */
const widestCell = 60;

/** Columns under one another, then the number of rows. Lines are cut at `width`, where there is one. */
export function tableOf({ columns, rows }: Answer, width: number | undefined): string {
  const cells = rows.map((row) => row.map((value) => clip(onOneLine(value ?? ''), widestCell)));
  const titles = columns.map(({ name }) => onOneLine(name));
  const widths = titles.map((title, at) =>
    Math.max(stringWidth(title), ...cells.map((row) => stringWidth(row[at] ?? ''))),
  );
  const whole = [titles, widths.map((cell) => '─'.repeat(cell)), ...cells].map((texts) =>
    texts
      .map((text, at) =>
        pad(text, widths[at] ?? 0, columns[at]?.kind === 'number' ? 'right' : 'left'),
      )
      .join('  ')
      .trimEnd(),
  );
  const lines = whole.map((line) => (width === undefined ? line : clip(line, width)));
  const isCut = lines.some((line, at) => line !== whole[at]);
  const cut = isCut ? '; cut at the width of the terminal, --json and --csv are whole' : '';
  const end = `(${plural(rows.length, 'row')}${cut})`;
  return [...(columns.length === 0 ? [] : lines), end].join('\n');
}

/** RFC 4180, with a line of names; null is empty. */
export function csvOf({ columns, rows }: Answer): string {
  const field = (text: string): string =>
    /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = [
    columns.map(({ name }) => name),
    ...rows.map((row) => row.map((value) => value ?? '')),
  ];
  return lines.map((line) => line.map(field).join(',')).join('\n');
}

/** A list of objects on one line; numbers keep every digit. */
export function jsonOf({ columns, rows }: Answer): string {
  const objects = rows.map((row) =>
    columns.map(
      (column, at) => `${JSON.stringify(column.name)}:${jsonValue(column, row[at] ?? null)}`,
    ),
  );
  return `[${objects.map((members) => `{${members.join(',')}}`).join(',')}]`;
}

function jsonValue({ kind }: AnswerColumn, value: string | null): string {
  if (value === null) return 'null';
  if (kind === 'json') return value.replace(/\r?\n/g, ' ');
  if (kind === 'boolean') return value === 't' ? 'true' : 'false';
  const isNumber = kind === 'number' && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value);
  return isNumber ? value : JSON.stringify(value);
}
