// A row on its way, as the fields of COPY's binary format: what Postgres takes, what is hashed, and all that is kept of
// a record until it is written. Bytes outside the heap, so that a batch costs the garbage collector next to nothing.

import { hash } from 'node:crypto';
import { endOfField, intBytes, mostBytes, valueAt, writeField, writeLatin1 } from './field.ts';
import type { Slice } from './slice.ts';
import type { PgType, PgValue, Row, RowValue, Table } from './stream.ts';

const chunkBytes = 64 * 1024;
/** Of a digest, which is longer. */
export const hashBytes = 16;
/** Of the hash as a field. */
const hashFieldBytes = intBytes + hashBytes;

/** Where rows are written, one behind the other. */
let chunk = Buffer.alloc(0);
let used = 0;

/** What a row is compared by instead of its values: a mark of how they are read out of these bytes. */
export interface Sent {
  readonly edition: Buffer;
  readonly bytes: Slice;
}

const known = new WeakMap<Table, readonly PgType[]>();

/** The types of the table's columns. */
export function typesOf(table: Table): readonly PgType[] {
  const types = known.get(table) ?? Object.values(table.columns).map(({ type }) => type);
  known.set(table, types);
  return types;
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
  reserve(most(values) + hashFieldBytes + (compared === values ? 0 : mostCompared(compared)));
  const start = used;
  const end = writeFields(types, values, start);
  const hashed =
    compared === values
      ? chunk.subarray(start, end)
      : chunk.subarray(end, writeCompared(types, compared, end));
  const digest = hash('sha256', hashed, 'binary');
  used = writeLatin1(digest, chunk, chunk.writeInt32BE(hashBytes, end), hashBytes);
  return { source: chunk, start, end: used };
}

function reserve(bytes: number): void {
  if (used + bytes <= chunk.length) return;
  chunk = Buffer.allocUnsafeSlow(Math.max(chunkBytes, bytes));
  used = 0;
}

/** The digest of a row that is compared by this, in Latin-1: its first bytes are the hash. */
export function digestOf(sent: Sent): string {
  reserve(mostCompared(sent));
  return hash('sha256', chunk.subarray(used, writeSent(sent, used)), 'binary');
}

function mostCompared(compared: readonly RowValue[] | Sent): number {
  return 'edition' in compared
    ? compared.edition.length + compared.bytes.end - compared.bytes.start
    : most(compared);
}

/** Writes what is hashed. Gives where it ends. */
function writeCompared(
  types: readonly PgType[],
  compared: readonly RowValue[] | Sent,
  start: number,
): number {
  return 'edition' in compared ? writeSent(compared, start) : writeFields(types, compared, start);
}

function writeSent({ edition, bytes }: Sent, start: number): number {
  const from = start + edition.copy(chunk, start);
  return from + bytes.source.copy(chunk, from, bytes.start, bytes.end);
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
