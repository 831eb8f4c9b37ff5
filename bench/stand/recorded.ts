// A sink that also keeps the rows that pass through it: in files for COPY, byte for byte as the loader sends them.

import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Chunk } from '../../src/load/sink/chunk.ts';
import { encodeRows } from '../../src/load/sink/copy.ts';
import type { Sink } from '../../src/sink.ts';
import type { Row, StreamName, Table } from '../../src/stream.ts';
import type { CopyFile } from './plain-copy.ts';

type Take = (table: Table, rows: readonly Row[]) => Promise<void>;

/** The sink, with the rows of the stream's batches given away before they are written. */
export function recorded(sink: Sink, name: StreamName, take: Take): Sink {
  return {
    async open(stream, partition, notes) {
      const writer = await sink.open(stream, partition, notes);
      if (stream.name !== name) return writer;
      return {
        checkpoint: writer.checkpoint,
        async write(batch) {
          for (const [index, table] of stream.tables.entries()) {
            await take(table, [...batch.records.rows(index)]);
          }
          return writer.write(batch);
        },
        close: () => writer.close(),
      };
    },
  };
}

/** What the loader puts before the values of every row. */
const constants = ['bench', '1', '2026-01-01T00:00:00Z'];

/** `copy` of a table's rows as the loader sends them. */
export function copyTarget({ name, columns }: Table): string {
  const names = Object.keys(columns).map((column) => `"${column}"`);
  return `lark.${name} (source, run_id, synced_at, ${names.join(', ')}, row_hash)`;
}

/** Rows for `copyTarget`. */
export function copyChunks(rows: readonly Row[]): Iterable<Chunk> {
  return encodeRows(rows, constants);
}

/** The same as bytes. */
export function* copyBytes(rows: readonly Row[]): Generator<Buffer> {
  for (const { bytes } of copyChunks(rows)) yield bytes;
}

/** A file for each table. */
export class CopyFiles {
  readonly #folder: string;
  readonly #open = new Map<
    Table,
    { readonly stream: WriteStream; readonly file: string; rows: number }
  >();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async take(table: Table, rows: readonly Row[]): Promise<void> {
    const known = this.#open.get(table) ?? this.#create(table);
    known.rows += rows.length;
    for (const chunk of copyBytes(rows)) {
      if (!known.stream.write(chunk)) await once(known.stream, 'drain');
    }
  }

  async close(): Promise<readonly CopyFile[]> {
    const files: CopyFile[] = [];
    for (const [table, { stream, file, rows }] of this.#open) {
      stream.end();
      await finished(stream);
      files.push({ file, into: copyTarget(table), rows });
    }
    return files;
  }

  #create(table: Table): { stream: WriteStream; file: string; rows: number } {
    const file = join(this.#folder, `${table.name}.copy`);
    const made = { stream: createWriteStream(file), file, rows: 0 };
    this.#open.set(table, made);
    return made;
  }
}
