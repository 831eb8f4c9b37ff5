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
  /** Waited for the rate limit, by all requests together, in s. */
  readonly waited: number;
  /** Records that were announced so far; undefined while none are left of these. */
  readonly expected: number | undefined;
  /** Seconds that these will take; undefined while nobody knows. */
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

/** Tables and windows still to be read may announce more: a share is one at most, a time left one at least. */
const barCells = 8;
const longestName = 32;
/** Rather than cut names shorter than this, a column is left out. */
const keptName = 18;

const columns: readonly Column[] = [
  { title: 'rows', least: 6, cell: ({ rows }) => count(rows), align: 'right', worth: 6 },
  { title: 'rows/s', least: 6, cell: ({ rate }) => count(rate), align: 'right', worth: 3 },
  { title: 'calls', least: 5, cell: ({ requests }) => count(requests), align: 'right', worth: 5 },
  { title: 'waited', least: 6, cell: waitOf, align: 'right', worth: 2 },
  { title: 'ETA', least: 6, cell: leftOf, align: 'right', worth: 4 },
  { title: '', least: barCells + 6, cell: bar, align: 'left', worth: 1 },
];

const turning = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** A title line and a line for each stream. Columns that do not fit are left out, names cut short last. */
export function formatLines(states: readonly LineState[], style: LineStyle): string[] {
  const widestName = Math.max(0, ...states.map(({ name }) => stringWidth(name)));
  const nameWidth = Math.min(widestName, longestName);
  const shown = fitting(columns, states, style.width - 2 - Math.min(nameWidth, keptName));
  const others = shown.reduce((sum, column) => sum + 2 + widthOf(column, states), 0);
  const names = Math.max(0, Math.min(nameWidth, style.width - 2 - others));
  const cells = (each: (column: Column) => string): string =>
    shown.map((column) => `  ${pad(each(column), widthOf(column, states), column.align)}`).join('');
  const dim = (text: string): string => paint('dim', text, style);
  const title = `  ${pad('', names)}${cells(({ title }) => title)}`.trimEnd();
  const lines = states.map((state) => {
    const isBlank = state.phase === 'waiting' || state.phase === 'skipped';
    const told = isBlank ? '' : cells(({ cell }) => cell(state));
    const text = `${pad(clip(state.name, names), names)}${told}`;
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

/** The text in a style of the terminal's, where colours are wanted. */
export function paint(
  format: 'dim' | 'cyan' | 'green' | 'red' | 'yellow',
  text: string,
  { color }: LineStyle,
): string {
  return color ? styleText(format, text, { validateStream: false }) : text;
}

function bar({ expected, records, phase }: LineState): string {
  if (phase !== 'reading' || expected === undefined || expected <= 0) return '';
  const share = Math.min(1, records / expected);
  const full = Math.floor(share * barCells);
  const percent = pad(`≤${Math.floor(share * 100)}%`, 5, 'right');
  return `${'█'.repeat(full)}${'░'.repeat(barCells - full)} ${percent}`;
}

function waitOf({ waited }: LineState): string {
  return waited < 0.1 ? '' : briefDuration(waited);
}

function leftOf({ left, phase }: LineState): string {
  if (phase !== 'reading' || left === undefined) return '';
  return `≥${left < 9 ? `${Math.ceil(left)}s` : briefDuration(left)}`;
}
