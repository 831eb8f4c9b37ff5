// A finding for people: one line where all is well, else what is wrong below it.

import { styleText } from 'node:util';
import stringWidth from 'string-width';
import { harmless, pad, wrap } from '../words.ts';
import type { Finding } from './check.ts';

export interface Look {
  /** Columns of the terminal; undefined: lines of any length. */
  readonly width: number | undefined;
  readonly isColored: boolean;
}

const marks = { ok: 'green', warning: 'yellow', failed: 'red' } as const;
const indent = ' '.repeat(8);

/** `source` is null for what concerns all. */
export function findingText(
  { check, status, detail }: Finding,
  source: string | null,
  { width, isColored }: Look,
): string {
  const word = pad(status === 'failed' ? 'FAILED' : status, indent.length);
  const mark = isColored ? styleText(marks[status], word, { validateStream: false }) : word;
  const room = width === undefined ? undefined : width - indent.length;
  const name = harmless(source === null ? check : `${source}: ${check}`);
  const told = harmless(detail);
  const whole = told === '' ? name : `${name} (${told})`;
  const fits = !told.includes('\n') && (room === undefined || stringWidth(whole) <= room);
  if (status === 'ok' && fits) return `${mark}${whole}`;
  const lines = told === '' ? [] : told.split('\n').flatMap((line) => wrap(line, room).split('\n'));
  return [`${mark}${name}`, ...lines].join(`\n${indent}`);
}
