// A row on its way, as a line of COPY's text format: what Postgres takes, what is hashed, and all that is kept of a
// record until it is written. Bytes outside the heap, so that a batch costs the garbage collector next to nothing.

import { hash } from 'node:crypto';
import type { PgValue, Row } from './stream.ts';

const chunkBytes = 64 * 1024;
/** Bytes of UTF-8 that a UTF-16 code unit takes at most. */
const bytesPerUnit = 3;
const hashDigits = 32;
/** Begins a bytea; its backslash is escaped. */
const hashMark = Buffer.from('\\\\x');
const hashBytes = hashMark.length + hashDigits;
const tab = 0x09;

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

let chunk = Buffer.alloc(0);
let used = 0;

/** The row of these values; `compared` is what of them counts when rows are compared. They must be free of U+0000. */
export function toRow(values: readonly PgValue[], compared: readonly PgValue[] = values): Row {
  const text = fieldsOf(values);
  const most = text.length * bytesPerUnit + hashBytes;
  if (used + most > chunk.length) {
    chunk = Buffer.allocUnsafeSlow(Math.max(chunkBytes, most));
    used = 0;
  }
  const start = used;
  used += chunk.write(text, start);
  const bytes = compared === values ? chunk.subarray(start, used) : Buffer.from(fieldsOf(compared));
  used += hashMark.copy(chunk, used);
  used += chunk.write(hash('sha256', bytes, 'hex'), used, hashDigits, 'latin1');
  return chunk.subarray(start, used);
}

/** The values as fields of a line, a tab after each. Different lists have different texts. */
export function fieldsOf(values: readonly PgValue[]): string {
  let text = '';
  for (const value of values) {
    if (value === null) text += '\\N\t';
    else text += `${special.test(value) ? escapedOf(value) : value}\t`;
  }
  return text;
}

function escapedOf(value: string): string {
  return value.replace(specials, (found) => escapes[found] ?? found);
}

/** All values of the row. */
export function valuesOf(row: Row): readonly PgValue[] {
  const fields = row.toString('utf8', 0, row.length - hashBytes).split('\t');
  return fields.slice(0, -1).map(valueIn);
}

/** The values at these places, in their order. */
export function valuesAt(row: Row, places: readonly number[]): readonly PgValue[] {
  const ends = endsOf(row, places);
  return places.map((place) => valueIn(row.toString('utf8', startOf(ends, place), ends[place])));
}

/** The fields at these places as they are, a tab after each. */
export function fieldsAt(row: Row, places: readonly number[]): readonly Buffer[] {
  const ends = endsOf(row, places);
  return places.map((place) => row.subarray(startOf(ends, place), (ends[place] ?? 0) + 1));
}

/** The hash of what is compared, as a field: it differs whenever that does, null and the empty string included. */
export function hashOf(row: Row): Buffer {
  return row.subarray(row.length - hashBytes);
}

/** Where the tabs behind the fields are, up to the last of the places. */
function endsOf(row: Row, places: readonly number[]): readonly number[] {
  const last = Math.max(...places);
  const ends: number[] = [];
  for (let at = 0; ends.length <= last && at < row.length; at += 1) {
    if (row[at] === tab) ends.push(at);
  }
  return ends;
}

function startOf(ends: readonly number[], place: number): number {
  return place === 0 ? 0 : (ends[place - 1] ?? 0) + 1;
}

function valueIn(field: string): PgValue {
  if (field === '\\N') return null;
  return field.includes('\\')
    ? field.replace(escapeSequence, (_, sign) => meanings[sign] ?? sign)
    : field;
}
