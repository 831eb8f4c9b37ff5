// Numbers, times and texts as people read them in a terminal.

import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';

/** 12,345 */
export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

/** 0.8 s, 42 s, 3 m 05 s, 2 h 10 m */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (value: number): string => String(value).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} m ${two(whole % 60)} s`;
  return `${count(Math.floor(whole / 3600))} h ${two(Math.floor((whole % 3600) / 60))} m`;
}

/** As `duration`, in as few cells as possible: 0.8s, 42s, 3m05s, 2h10m */
export function briefDuration(seconds: number): string {
  return duration(seconds).replaceAll(' ', '');
}

/** just now, 5 minutes ago, 3 days ago */
export function age(ms: number): string {
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
  ] as const;
  const [unit, length] = units.find(([, least]) => ms >= least) ?? ['', 0];
  if (length === 0) return 'just now';
  return `${plural(Math.floor(ms / length), unit)} ago`;
}

/** 2026-11-24 12:05 UTC */
export function dateTime(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** 1 row, 2 rows; `word` ends with the letter that takes an s. */
export function plural(value: number, word: string): string {
  return `${count(value)} ${word}${value === 1 ? '' : 's'}`;
}

/** Blanks up to a width in terminal cells; a wider text stays as it is. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'left' ? text + blanks : blanks + text;
}

/** At most so many terminal cells; what is cut off is marked by an ellipsis, and has no colours. */
export function clip(colored: string, width: number): string {
  if (stringWidth(colored) <= width) return colored;
  const text = stripVTControlCharacters(colored);
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(kept + segment) > width - 1) break;
    kept += segment;
  }
  return width <= 0 ? '' : `${kept}…`;
}

/** Lines of at most so many terminal cells, broken at blanks; a longer word has a line of its own. */
export function wrap(text: string, width: number | undefined): string {
  if (width === undefined) return text;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && stringWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line].join('\n');
}

/** What would steer a terminal, or turn around the order of what follows, as U+FFFD; line ends stay. */
export function harmless(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\u{fffd}');
}

/** The same, on one line. */
export function onOneLine(text: string): string {
  return harmless(text.replace(/\r?\n/g, '⏎').replace(/\t/g, ' '));
}
