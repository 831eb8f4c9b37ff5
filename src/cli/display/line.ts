// The live block: a line a stream, as wide as the terminal and never wider. Pure.

import { styleText } from 'node:util';
import stringWidth from 'string-width';
import { briefDuration, clip, count, pad } from '../words.ts';

/** One stream at this moment. */
export interface LineState {
  readonly name: string;
  readonly phase: 'waiting' | 'reading' | 'complete' | 'incomplete' | 'interrupted' | 'skipped';
  readonly records: number;
  readonly rows: number;
  /** Rows in a second. */
  readonly rate: number;
  readonly requests: number;
  /** Waited for the rate limit, by all requests together, in ms. */
  readonly waitedMs: number;
  /** Records in all; undefined while nobody knows. */
  readonly expected: number | undefined;
  /** Seconds that are left; undefined while nobody knows. */
  readonly left: number | undefined;
}

export interface LineStyle {
  /** Terminal cells. */
  readonly width: number;
  readonly color: boolean;
  /** Counts the redraws: turns the mark of what is under way. */
  readonly frame: number;
}

interface Column {
  readonly title: string;
  /** Cells at least, so that growing numbers do not move the others. */
  readonly least: number;
  readonly cell: (state: LineState) => string;
  readonly align: 'left' | 'right';
  /** The lowest goes first where the terminal is narrow. */
  readonly worth: number;
}

const barCells = 8;
const longestName = 32;
const shortestName = 12;

const columns: readonly Column[] = [
  { title: '', least: barCells + 5, cell: bar, align: 'left', worth: 2 },
  { title: 'rows', least: 7, cell: ({ rows }) => count(rows), align: 'right', worth: 6 },
  { title: 'rows/s', least: 6, cell: rateOf, align: 'right', worth: 3 },
  { title: 'calls', least: 5, cell: ({ requests }) => count(requests), align: 'right', worth: 5 },
  { title: 'waited', least: 6, cell: waitOf, align: 'right', worth: 1 },
  { title: 'ETA', least: 6, cell: leftOf, align: 'right', worth: 4 },
];

const turning = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** A title line and a line for each stream. Columns that do not fit are left out, names cut short last. */
export function formatLines(states: readonly LineState[], style: LineStyle): string[] {
  const widestName = Math.max(0, ...states.map(({ name }) => stringWidth(name)));
  const nameWidth = Math.min(widestName, longestName);
  const hasTotals = states.some(({ expected }) => expected !== undefined);
  const wanted = columns.filter(({ title }) => hasTotals || (title !== '' && title !== 'ETA'));
  const shown = fitting(wanted, states, style.width - 2 - Math.min(nameWidth, shortestName + 8));
  const others = shown.reduce((sum, column) => sum + 2 + widthOf(column, states), 0);
  const names = Math.max(0, Math.min(nameWidth, style.width - 2 - others));
  const cells = (each: (column: Column) => string): string =>
    shown.map((column) => `  ${pad(each(column), widthOf(column, states), column.align)}`).join('');
  const dim = (text: string): string => paint('dim', text, style);
  const title = `  ${pad('', names)}${cells(({ title }) => title)}`.trimEnd();
  const lines = states.map((state) => {
    const text = `${pad(clip(state.name, names), names)}${cells(({ cell }) => cell(state))}`;
    return `${markOf(state, style)} ${state.phase === 'waiting' ? dim(text.trimEnd()) : text.trimEnd()}`;
  });
  return [dim(title), ...lines];
}

function fitting(
  wanted: readonly Column[],
  states: readonly LineState[],
  width: number,
): readonly Column[] {
  const needed = wanted.reduce((sum, column) => sum + 2 + widthOf(column, states), 0);
  if (needed <= width || wanted.length === 0) return wanted;
  const least = Math.min(...wanted.map(({ worth }) => worth));
  return fitting(
    wanted.filter(({ worth }) => worth !== least),
    states,
    width,
  );
}

function widthOf({ title, least, cell }: Column, states: readonly LineState[]): number {
  return Math.max(least, stringWidth(title), ...states.map((state) => stringWidth(cell(state))));
}

function markOf({ phase }: LineState, style: LineStyle): string {
  switch (phase) {
    case 'waiting':
      return paint('dim', '·', style);
    case 'reading':
      return paint('cyan', turning[style.frame % turning.length] ?? '·', style);
    case 'complete':
      return paint('green', '✔', style);
    case 'skipped':
      return paint('dim', '-', style);
    case 'incomplete':
      return paint('red', '✖', style);
    case 'interrupted':
      return paint('yellow', '■', style);
    default:
      return phase satisfies never;
  }
}

function paint(
  format: 'dim' | 'cyan' | 'green' | 'red' | 'yellow',
  text: string,
  { color }: LineStyle,
): string {
  return color ? styleText(format, text, { validateStream: false }) : text;
}

function bar({ expected, records, phase }: LineState): string {
  if (expected === undefined || expected <= 0) return '';
  const share = phase === 'complete' ? 1 : Math.min(1, records / expected);
  const full = Math.floor(share * barCells);
  return `${'█'.repeat(full)}${'░'.repeat(barCells - full)} ${pad(`${Math.floor(share * 100)}%`, 4, 'right')}`;
}

function rateOf({ rate, phase }: LineState): string {
  return phase === 'waiting' ? '' : count(rate);
}

function waitOf({ waitedMs }: LineState): string {
  return waitedMs < 100 ? '' : briefDuration(waitedMs / 1000);
}

function leftOf({ left, phase }: LineState): string {
  return phase !== 'reading' || left === undefined ? '' : briefDuration(Math.ceil(left));
}
