// Rows on their way into Postgres' COPY, in its binary format, in chunks.
// https://www.postgresql.org/docs/current/sql-copy.html (Binary Format)

import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { mostBytes, writeField } from '../../field.ts';
import type { Slice } from '../../slice.ts';
import type { PgType, Row } from '../../stream.ts';
import { Chunk } from './chunk.ts';
import type { Layout } from './layout.ts';

const countBytes = 2;
/** The signature, no flags, nothing more. */
const beginning: Buffer = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
/** In place of the number of fields of one more row. */
const ending: Buffer = Buffer.from([0xff, 0xff]);

type Constant = readonly [type: PgType, value: string];

/** What each row of the table begins with: how many fields it has, and those that are the same in all. */
export function headOf({ names }: Layout, constants: readonly Constant[] = []): Slice {
  const most = constants.reduce((sum, [, value]) => sum + mostBytes(value), countBytes);
  const source = Buffer.alloc(most);
  const fields = constants.length + names.length + 1;
  let end = source.writeInt16BE(fields, 0);
  for (const [type, value] of constants) end = writeField(type, value, source, end);
  return { source, start: 0, end };
}

/** Rows as chunks of about 64 KiB, the head before each. */
export function* encodeRows(rows: Iterable<Row>, head: Slice): Generator<Chunk> {
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

/** Runs a binary `copy .. from stdin`, sending no faster than Postgres takes it. The chunks are used up. */
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
  yield beginning;
  for (const chunk of chunks) {
    sent.push(chunk);
    yield chunk.bytes;
  }
  yield ending;
}
