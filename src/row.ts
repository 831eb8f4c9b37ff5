// A row on its way, as the fields of COPY's binary format: what Postgres takes, what is hashed, and all that is kept of
// a record until it is written. Bytes outside the heap, so that a batch costs the garbage collector next to nothing.

import { createHash, hash } from 'node:crypto';
import { endOfField, intBytes, mostBytes, valueAt, writeField, writeHex } from './field.ts';
import { bytesOf, type Slice } from './slice.ts';
import type { PgType, PgValue, Row, RowValue, Table } from './stream.ts';

const chunkBytes = 64 * 1024;
/** Of a digest, which is longer. */
const hashBytes = 16;
/** For what is compared by its values. */
const noMark = new Uint8Array(hashBytes);
/** Of the hash as a field. */
const hashFieldBytes = intBytes + hashBytes;

/** Where rows are written, one behind the other. */
let chunk = Buffer.alloc(0);
let used = 0;

/** What a row is compared by instead of its values: the bytes that they are read out of, and a mark of how. */
export interface Sent {
  readonly mark: Uint8Array;
  readonly bytes: Slice;
}

/** The mark of whatever this text says: it changes the hash of all bytes. */
export function markOf(text: string): Uint8Array {
  return createHash('sha256').update(text).digest().subarray(0, hashBytes);
}

/** The types of the table's columns. */
export function typesOf({ columns }: Table): readonly PgType[] {
  return Object.values(columns).map(({ type }) => type);
}

/**
 * The row of these values in their text forms; `compared` is what counts when rows are compared. Values must be free of
 * U+0000, and such as their types take.
 */
export function toRow(
  types: readonly PgType[],
  values: readonly RowValue[],
  compared: readonly RowValue[] | Sent = values,
): Row {
  const isSent = 'mark' in compared;
  reserve(most(values) + hashFieldBytes + (isSent || compared === values ? 0 : most(compared)));
  const start = used;
  const end = writeFields(types, values, start);
  const digest = isSent
    ? digestOf(compared.bytes)
    : digestOf(
        compared === values
          ? { source: chunk, start, end }
          : { source: chunk, start: end, end: writeFields(types, compared, end) },
      );
  const from = chunk.writeInt32BE(hashBytes, end);
  used = writeHex(digest, isSent ? compared.mark : noMark, chunk, from);
  return { source: chunk, start, end: used };
}

function reserve(bytes: number): void {
  if (used + bytes <= chunk.length) return;
  chunk = Buffer.allocUnsafeSlow(Math.max(chunkBytes, bytes));
  used = 0;
}

/** In hex: its first bytes are the hash, once they are marked. */
export function digestOf(compared: Slice): string {
  return hash('sha256', bytesOf(compared));
}

function most(values: readonly RowValue[]): number {
  let bytes = 0;
  for (const value of values) bytes += mostBytes(value);
  return bytes;
}

function writeFields(types: readonly PgType[], values: readonly RowValue[], start: number): number {
  let at = start;
  for (let place = 0; place < types.length; place += 1) {
    at = writeField(types[place] ?? 'text', values[place] ?? null, chunk, at);
  }
  return at;
}

/** Bytes of the row. */
export function sizeOf({ start, end }: Row): number {
  return end - start;
}

/** All values of the row, in their text forms. */
export function valuesOf(types: readonly PgType[], { source, start }: Row): readonly PgValue[] {
  let at = start;
  return types.map((type) => {
    const value = valueAt(type, source, at);
    at = endOfField(source, at);
    return value;
  });
}

/** Gives the fields at these places, which ascend: each with its number among them, and where its bytes are. */
export function eachField(
  { source, start }: Row,
  places: readonly number[],
  take: (number: number, source: Buffer, start: number, end: number) => void,
): void {
  let at = start;
  let number = 0;
  for (let place = 0; number < places.length; place += 1) {
    const end = endOfField(source, at);
    if (place === places[number]) {
      take(number, source, at, end);
      number += 1;
    }
    at = end;
  }
}

/** The hash of what is compared, as a field. It differs whenever that does. */
export function hashOf({ source, end }: Row): Slice {
  return { source, start: end - hashFieldBytes, end };
}
