// The warehouse as the engine sees it: opens partitions for writing.

import { setMaxListeners } from 'node:events';
import type { ClientBase, Pool } from 'pg';
import { locate } from '../errors.ts';
import type { Counts, Sink, SinkNotes, Writer } from '../sink.ts';
import type { Batch, Partition, Stream } from '../stream.ts';
import { type Address, throughDoor } from './failure.ts';
import { addressOf } from './pool.ts';
import { type Claim, claimCursor } from './sink/cursors.ts';
import { areAsDeclared } from './sink/declared.ts';
import { heldBefore } from './sink/held.ts';
import { type Layouts, layoutsOf } from './sink/layout.ts';
import { hasRejects } from './sink/rejects.ts';
import { hasLiveRows } from './sink/scope.ts';
import { transactions } from './sink/transact.ts';
import { PartitionWriter } from './sink/writer.ts';
import type { Opened } from './sink/writer-parts.ts';

export interface SinkOptions {
  readonly pool: Pool;
  readonly schema: string;
  readonly source: string;
  /** Later runs have greater ids: they fence earlier ones off. */
  readonly runId: number;
  /** Aborted when the run is to end: what is being written has a few seconds more. */
  readonly signal?: AbortSignal;
}

/** What a batch under way is given to be committed after all, in ms. */
const graceMs = 5000;

/** Writes streams into the schema's tables, as this run. Only a transaction holds a connection of the pool's. */
export function createSink({ pool, schema, source, runId, signal }: SinkOptions): Sink {
  const address = addressOf(pool);
  const transact = transactions(pool, afterGrace(signal));
  return {
    async open(stream: Stream, partition: Partition, notes: SinkNotes): Promise<Writer> {
      const claim = { schema, source, stream: stream.name, partition: partition.key, runId };
      const layouts = layoutsOf(schema, stream);
      try {
        const opened = await throughDoor(address, () =>
          transact((client) => openPartition(client, claim, layouts)),
        );
        const writer = new PartitionWriter({ layouts, transact, claim, opened, notes });
        return guarded(writer, address, claim);
      } catch (error) {
        throw locate(error, { source, stream: stream.name, partition: partition.key });
      }
    },
  };
}

/** Aborts so much later than the signal. */
function afterGrace(signal: AbortSignal | undefined): AbortSignal {
  const end = new AbortController();
  const abort = (): unknown => setTimeout(() => end.abort(signal?.reason), graceMs).unref();
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  setMaxListeners(0, end.signal);
  return end.signal;
}

async function openPartition(client: ClientBase, claim: Claim, layouts: Layouts): Promise<Opened> {
  const [root] = layouts;
  const claimed = await claimCursor(client, claim);
  const marks = root.table.marksDeletion === true;
  return {
    ...claimed,
    straight: claimed.fresh && (await areAsDeclared(client, layouts)),
    tracks: marks && (await hasLiveRows(client, root, claim.source)),
    rejects: await hasRejects(client, claim),
    held: marks ? await heldBefore(client, claim) : new Set(),
  };
}

/** The writer, with its errors told in our words and with their place. */
function guarded(writer: Writer, address: Address, claim: Claim): Writer {
  const { source, stream, partition } = claim;
  return {
    checkpoint: writer.checkpoint,
    recognises: writer.recognises ?? false,
    async write(batch: Batch): Promise<Counts> {
      try {
        return await throughDoor(address, () => writer.write(batch));
      } catch (error) {
        throw locate(error, { source, stream, partition });
      }
    },
    close: () => writer.close(),
  };
}
