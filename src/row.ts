// A row on its way, as a line of COPY's text format: what Postgres takes, what is hashed, and all that is kept of a
// record until it is written. Bytes outside the heap, so that a batch costs the garbage collector next to nothing.

import { hash } from 'node:crypto';
import {
  bytesPerByte,
  fieldOf,
  nullField,
  valueIn,
  writeAscii,
  writeJson,
  writeText,
} from './field.ts';
import { type Slice, textOf } from './slice.ts';
import type { PgValue, Row, RowValue } from './stream.ts';

const chunkBytes = 64 * 1024;
/** Bytes of UTF-8 that a UTF-16 code unit takes at most. */
const bytesPerUnit = 3;
/** Of a digest in hex, which is longer. */
export const hashDigits = 32;
/** Begins a bytea; its backslash is escaped. */
const hashMark = '\\\\x';
const lineEnd = '\n';
/** The hash as a field, and the end of the line. */
const hashBytes = hashMark.length + hashDigits + lineEnd.length;
const tab = 0x09;

/** Where rows are written, one behind the other. */
let chunk = Buffer.alloc(0);
let used = 0;

/** What a row is compared by instead of its values: a mark of how they are read out of these bytes. */
export interface Sent {
  readonly edition: Buffer;
  readonly bytes: Slice;
}

/** The row of these values; `compared` is what counts when rows are compared. Values must be free of U+0000. */
export function toRow(
  values: readonly RowValue[],
  compared: readonly RowValue[] | Sent = values,
): Row {
  reserve(mostBytes(values) + hashBytes + (compared === values ? 0 : mostCompared(compared)));
  const start = used;
  const end = writeFields(values, start);
  const hashed =
    compared === values
      ? chunk.subarray(start, end)
      : chunk.subarray(end, writeCompared(compared, end));
  const digest = hash('sha256', hashed, 'hex');
  const digitsStart = writeAscii(hashMark, chunk, end);
  const digitsEnd = writeAscii(digest, chunk, digitsStart, hashDigits);
  used = writeAscii(lineEnd, chunk, digitsEnd);
  return { source: chunk, start, end: used };
}

function reserve(bytes: number): void {
  if (used + bytes <= chunk.length) return;
  chunk = Buffer.allocUnsafeSlow(Math.max(chunkBytes, bytes));
  used = 0;
}

/** The digest of a row that is compared by this, in hex: its first digits are the hash. */
export function digestOf(sent: Sent): string {
  reserve(mostCompared(sent));
  return hash('sha256', chunk.subarray(used, writeCompared(sent, used)), 'hex');
}

function mostCompared(compared: readonly RowValue[] | Sent): number {
  return 'edition' in compared
    ? compared.edition.length + compared.bytes.end - compared.bytes.start
    : mostBytes(compared);
}

/** Writes what is hashed. Gives where it ends. */
function writeCompared(compared: readonly RowValue[] | Sent, start: number): number {
  if (!('edition' in compared)) return writeFields(compared, start);
  const { edition, bytes } = compared;
  const from = start + edition.copy(chunk, start);
  return from + bytes.source.copy(chunk, from, bytes.start, bytes.end);
}

/** Bytes that the fields of these values take at most. */
function mostBytes(values: readonly RowValue[]): number {
  let bytes = 0;
  for (const value of values) {
    if (typeof value === 'string') bytes += value.length * bytesPerUnit;
    else if (value !== null) bytes += (value.end - value.start) * bytesPerByte;
    bytes += nullField.length + 1;
  }
  return bytes;
}

/** Writes the values as fields of a line, a tab after each. Gives where they end. */
function writeFields(values: readonly RowValue[], start: number): number {
  let at = start;
  for (const value of values) {
    if (value === null) at = writeAscii(nullField, chunk, at);
    else if (typeof value === 'string') at = writeText(value, chunk, at);
    else at = writeJson(value, chunk, at);
    chunk[at] = tab;
    at += 1;
  }
  return at;
}

/** The values as fields of a line, a tab after each. Different lists have different texts. */
export function fieldsOf(values: readonly PgValue[]): string {
  return values.map((value) => `${fieldOf(value)}\t`).join('');
}

/** Bytes of the row. */
export function sizeOf({ start, end }: Row): number {
  return end - start;
}

/** All values of the row. */
export function valuesOf(row: Row): readonly PgValue[] {
  return textOf(row).split('\t').slice(0, -1).map(valueIn);
}

/** Gives the fields at these places, which ascend: each with its number among them, and where its bytes are. */
export function eachField(
  { source, start, end }: Row,
  places: readonly number[],
  take: (number: number, source: Buffer, start: number, end: number) => void,
): void {
  let [place, from, number] = [0, start, 0];
  for (let at = start; at < end && number < places.length; at += 1) {
    if (source[at] !== tab) continue;
    if (place === places[number]) {
      take(number, source, from, at);
      number += 1;
    }
    place += 1;
    from = at + 1;
  }
}

/** The hash of what is compared, in hex. It differs whenever that does. */
export function hashOf({ source, end }: Row): Slice {
  const digitsEnd = end - lineEnd.length;
  return { source, start: digitsEnd - hashDigits, end: digitsEnd };
}
