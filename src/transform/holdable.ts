// What Postgres cannot hold in text and JSON, U+0000 and lone surrogates, replaced.

import type { JsonText } from '../json.ts';
import type { PgType } from '../stream.ts';
import type { Toll } from './toll.ts';

// Every escape is matched, so that an escaped backslash is not taken for the beginning of one; pairs of
// surrogates are matched whole and stay.
const escapes =
  /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u0000|u[dD][89a-fA-F][\da-fA-F]{2}|.)/gs;
/** How what Postgres cannot hold begins, and some that it can. */
const unholdable = ['\\u0000', '\\ud', '\\uD'];
const suspicious = /\\u(?:0000|[dD][89a-fA-F])/;
const unholdableLength = '\\u0000'.length;

/** Of the types whose values may have what Postgres cannot hold. */
export const holds: Partial<Record<PgType, (value: string, toll: Toll) => string>> = {
  text: holdableText,
  jsonb: holdableJson,
};

export function asItIs(value: string): string {
  return value;
}

export function holdableJson(value: string, toll: Toll): string {
  if (!value.includes('\\u') || !suspicious.test(value)) return value;
  return value.replace(escapes, (sequence) => {
    if (sequence.length !== unholdableLength) return sequence;
    toll.replaced += 1;
    return '\ufffd';
  });
}

function holdableText(value: string, toll: Toll): string {
  if (!value.includes('\0') && value.isWellFormed()) return value;
  toll.replaced += value.split('\0').length - 1 + loneSurrogates(value);
  return value.replaceAll('\0', '\ufffd').toWellFormed();
}

function loneSurrogates(value: string): number {
  return value.match(/[\ud800-\udfff]/gu)?.length ?? 0;
}

/** Whether a character may be written by its number that Postgres cannot hold. */
export function mayHoldTooMuch({ source, start, end, hasNumbered }: JsonText): boolean {
  if (hasNumbered !== undefined) return hasNumbered;
  const bytes = source.subarray(start, end);
  return bytes.includes('\\u') && unholdable.some((beginning) => bytes.includes(beginning));
}
