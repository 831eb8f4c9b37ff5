// Rows on their way into Postgres' COPY, in chunks.

import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { fieldsAt, fieldsOf, hashOf } from '../../row.ts';
import type { Row } from '../../stream.ts';
import { Chunk } from './chunk.ts';

/** Bytes gathered before they are sent. */
const chunkBytes = 64 * 1024;
const lineEnd = Buffer.from('\n');

/** Rows as chunks of about 64 KiB, the values of `constants` before those of each. */
export function encodeRows(
  rows: Iterable<Row>,
  constants: readonly string[] = [],
): Generator<Buffer> {
  const head = Buffer.from(fieldsOf(constants));
  return chunked(rows, (row, chunk) => {
    chunk.add(head);
    chunk.add(row);
    chunk.add(lineEnd);
  });
}

/** Of rows the values at these places, their place among the rows, and their hash, as chunks of about 64 KiB. */
export function encodeOutlines(rows: Iterable<Row>, places: readonly number[]): Generator<Buffer> {
  let count = 0;
  return chunked(rows, (row, chunk) => {
    for (const field of fieldsAt(row, places)) chunk.add(field);
    chunk.add(Buffer.from(`${count}\t`));
    chunk.add(hashOf(row));
    chunk.add(lineEnd);
    count += 1;
  });
}

function* chunked(rows: Iterable<Row>, add: (row: Row, chunk: Chunk) => void): Generator<Buffer> {
  let chunk = new Chunk(chunkBytes);
  for (const row of rows) {
    add(row, chunk);
    if (chunk.length < chunkBytes) continue;
    yield chunk.bytes;
    chunk = new Chunk(chunkBytes);
  }
  if (chunk.length > 0) yield chunk.bytes;
}

/** Runs a `copy .. from stdin`, sending no faster than Postgres takes it. */
export async function copyIn(
  client: ClientBase,
  statement: string,
  chunks: Iterable<Buffer>,
): Promise<void> {
  await pipeline(chunks, client.query(copyFrom(statement)));
}
