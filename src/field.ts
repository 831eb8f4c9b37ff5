// A value in COPY's text format: escaped, so that tabs and line ends are left for the line that it stands in.

import type { JsonText } from './json.ts';
import type { PgValue } from './stream.ts';

/** SQL null. */
export const nullField = '\\N';
/** Bytes that a byte takes at most when it is escaped. */
export const bytesPerByte = 2;

const special = /[\t\n\r\\]/;
const specials = /[\t\n\r\\]/g;
const escapes: Readonly<Record<string, string>> = {
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\\': '\\\\',
};
const escapeSequence = /\\(.)/g;
const meanings: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };

const backslash = 0x5c;
/** UTF-16 code units up to which a loop is faster than a call. */
const shortUnits = 200;
const endOfOneByte = 0x80;
const endOfTwoBytes = 0x800;
const firstSurrogate = 0xd800;
const lastSurrogate = 0xdfff;
/** What follows the backslash that a byte becomes; 0 for bytes that stay. */
const letters = new Uint8Array(256);
for (const [sign, escaped] of Object.entries(escapes)) {
  letters[sign.charCodeAt(0)] = escaped.charCodeAt(1);
}

/** The value as a field. */
export function fieldOf(value: PgValue): string {
  if (value === null) return nullField;
  return value.replace(specials, (found) => escapes[found] ?? found);
}

/** Writes ASCII, or its first characters, from this place of `target` on. Gives where it ends. */
export function writeAscii(
  text: string,
  target: Buffer,
  from: number,
  length: number = text.length,
): number {
  for (let unit = 0; unit < length; unit += 1) target[from + unit] = text.charCodeAt(unit);
  return from + length;
}

/** Writes text as a field from this place of `target` on. Gives where it ends. */
export function writeText(value: string, target: Buffer, from: number): number {
  if (value.length <= shortUnits) {
    const end = writeShort(value, target, from);
    if (end !== undefined) return end;
  }
  const plainEnd = from + target.write(value, from);
  return special.test(value) ? escaped(target, from, plainEnd) : plainEnd;
}

/** Cheaper than a call that leaves the engine. Undefined for what has surrogates. */
function writeShort(value: string, target: Buffer, from: number): number | undefined {
  let at = from;
  for (let unit = 0; unit < value.length; unit += 1) {
    const code = value.charCodeAt(unit);
    if (code >= endOfOneByte) {
      if (code >= firstSurrogate && code <= lastSurrogate) return undefined;
      at = writeBeyondAscii(code, target, at);
      continue;
    }
    at = writeByte(code, target, at);
  }
  return at;
}

/** Writes a byte, escaped where it has to be. */
function writeByte(code: number, target: Buffer, at: number): number {
  const letter = letters[code] ?? 0;
  if (letter === 0) {
    target[at] = code;
    return at + 1;
  }
  target[at] = backslash;
  target[at + 1] = letter;
  return at + 2;
}

/** Writes a character of two or three bytes as UTF-8. */
function writeBeyondAscii(code: number, target: Buffer, from: number): number {
  let at = from;
  if (code < endOfTwoBytes) target[at] = 0xc0 | (code >> 6);
  else {
    target[at] = 0xe0 | (code >> 12);
    at += 1;
    target[at] = 0x80 | ((code >> 6) & 0x3f);
  }
  target[at + 1] = 0x80 | (code & 0x3f);
  return at + 2;
}

/** Escapes what is written between these places. Gives where it ends then. */
function escaped(target: Buffer, from: number, plainEnd: number): number {
  let end = plainEnd;
  for (let at = from; at < plainEnd; at += 1) {
    if (letters[target[at] ?? 0] !== 0) end += 1;
  }
  // From behind, so that nothing is lost.
  let [at, to] = [plainEnd, end];
  while (at < to) {
    at -= 1;
    const code = target[at] ?? 0;
    const letter = letters[code] ?? 0;
    to -= 1;
    target[to] = letter === 0 ? code : letter;
    if (letter === 0) continue;
    to -= 1;
    target[to] = backslash;
  }
  return end;
}

/** Writes what a field stands for from this place of `target` on. Gives where it ends; undefined for null. */
export function writeValue(
  source: Buffer,
  start: number,
  end: number,
  target: Buffer,
  from: number,
): number | undefined {
  const found = source.indexOf(backslash, start);
  if (found < 0 || found >= end) return from + source.copy(target, from, start, end);
  const value = valueIn(source.toString('utf8', start, end));
  return value === null ? undefined : from + target.write(value, from);
}

/** What the field stands for. */
export function valueIn(field: string): PgValue {
  if (field === nullField) return null;
  return field.includes('\\')
    ? field.replace(escapeSequence, (_, sign) => meanings[sign] ?? sign)
    : field;
}

/** Writes JSON as a field from this place of `target` on. Gives where it ends. */
export function writeJson(json: JsonText, target: Buffer, from: number): number {
  const { source, start, end, escapes } = json;
  if (escapes === undefined) return writeBytes(json, target, from);
  let copied = start;
  let to = from;
  for (const at of escapes) {
    const code = source[at] ?? 0;
    if (letters[code] === 0) continue;
    to += source.copy(target, to, copied, at);
    to = writeByte(code, target, to);
    copied = at + 1;
  }
  return to + source.copy(target, to, copied, end);
}

function writeBytes({ source, start, end }: JsonText, target: Buffer, from: number): number {
  let to = from;
  for (let at = start; at < end; at += 1) {
    to = writeByte(source[at] ?? 0, target, to);
  }
  return to;
}
