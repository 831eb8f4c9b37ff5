// Rows on their way into Postgres' COPY, in chunks.

import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { fieldsOf } from '../../row.ts';
import { sliceOf } from '../../slice.ts';
import type { Row } from '../../stream.ts';
import { Chunk } from './chunk.ts';

/** Rows as chunks of about 64 KiB, the values of `constants` before those of each. */
export function* encodeRows(
  rows: Iterable<Row>,
  constants: readonly string[] = [],
): Generator<Chunk> {
  const head = sliceOf(fieldsOf(constants));
  let chunk = new Chunk();
  for (const row of rows) {
    chunk.add(head);
    chunk.add(row);
    if (!chunk.isFull) continue;
    yield chunk;
    chunk = new Chunk();
  }
  if (!chunk.isEmpty) yield chunk;
}

/** Runs a `copy .. from stdin`, sending no faster than Postgres takes it. The chunks are used up. */
export async function copyIn(
  client: ClientBase,
  statement: string,
  chunks: Iterable<Chunk>,
): Promise<void> {
  const sent: Chunk[] = [];
  await pipeline(bytesOf(chunks, sent), client.query(copyFrom(statement)));
  for (const chunk of sent) chunk.release();
}

function* bytesOf(chunks: Iterable<Chunk>, sent: Chunk[]): Generator<Buffer> {
  for (const chunk of chunks) {
    sent.push(chunk);
    yield chunk.bytes;
  }
}
