// One partition from the tenant to the warehouse: the whole path on one screen.
//
// Laws, each with a test of its name:
//  1. A cursor is committed with the rows it covers, or not at all.
//  2. Writing a batch again changes nothing.
//  3. A stage never holds more than one batch; a slow warehouse stops the reader.
//  4. Every record becomes rows, a counted rejection, or a stopped partition.
//  5. Records after the last cursor of a partition are a bug of the stream: it fails.
//  6. All tables are staged, then merged, the root first; owners come from the root's staging.
//  7. Deletions are marked only by a complete reading of their scope.
//  8. One writer a partition: a newer run fences an older one off.

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Counts, Sink, Writer } from './sink.ts';
import type { Batch, Page, Partition, Plan, Stream } from './stream.ts';
import { type Broken, toBatches } from './transform/batches.ts';
import type { Toll } from './transform/toll.ts';

export interface Replication extends Plan {
  readonly sink: Sink;
  readonly toll: Toll;
  /** Told of what was held back although the reading ended well. */
  fail(message: string): void;
  /** Told after each commit. */
  committed(counts: Counts): void;
}

/** Throws what stopped the reading, after all that was read before is committed. */
export async function replicate(
  stream: Stream,
  partition: Partition,
  { sink, toll, fail, committed, ...plan }: Replication,
): Promise<void> {
  const read = { ...plan, partition, from: undefined };
  const writer = await sink.open(stream, partition, {
    confirm:
      stream.gone === undefined
        ? undefined
        : async (keys) => (await stream.gone?.(read, keys)) ?? [],
    warn: plan.warn,
    fail,
  });
  try {
    const from = plan.full ? undefined : writer.checkpoint;
    const { recognises = false } = writer;
    await pipeline(
      Readable.from(toTheEnd(stream.pages({ ...plan, partition, from, recognises })), {
        highWaterMark: 1,
      }), // HTTP page → records
      ahead(toBatches(stream, toll, { recognises })), // records → rows
      writeTo(writer, committed), //     rows      → COPY → merge → cursor
    );
  } finally {
    await writer.close();
  }
}

/** The pages, and what broke them off as the last: a failed reading must not throw away what it gave. */
async function* toTheEnd(pages: AsyncIterable<Page>): AsyncGenerator<Page | Broken> {
  try {
    yield* pages;
  } catch (error) {
    yield { broken: error };
  }
}

/** The next batch is made while the last one is written. */
function ahead<P, B>(stage: (input: AsyncIterable<P>) => AsyncIterable<B>) {
  return (input: AsyncIterable<P>): AsyncIterable<B> =>
    Readable.from(stage(input), { highWaterMark: 1 });
}

function writeTo(writer: Writer, committed: (counts: Counts) => void) {
  return async (batches: AsyncIterable<Batch>): Promise<void> => {
    for await (const batch of batches) {
      for (const part of partsOf(batch)) committed(await writer.write(part));
    }
  };
}

/** What covers a scope may fail in judging it: the rows are committed, and counted, before. */
function partsOf(batch: Batch): readonly Batch[] {
  if (batch.covers === undefined || batch.read === 0) return [batch];
  const { pending, ...rest } = batch;
  const nothing = { records: batch.records.part(0, 0), rejects: [], read: 0 };
  return [
    { ...batch, cursor: undefined, covers: undefined },
    { ...rest, ...nothing },
  ];
}
