// The warehouse as the engine sees it: opens partitions for writing.

import type { ClientBase, Pool } from 'pg';
import { locate } from '../errors.ts';
import type { Batch, Counts, Partition, Sink, SinkNotes, Stream, Writer } from '../stream.ts';
import { type Address, throughDoor } from './failure.ts';
import { addressOf } from './pool.ts';
import { type Claim, claimCursor } from './sink/cursors.ts';
import { heldBefore } from './sink/held.ts';
import { type Layout, layoutsOf } from './sink/layout.ts';
import { hasRejects } from './sink/rejects.ts';
import { createSeen, hasLiveRows } from './sink/seen.ts';
import { Session } from './sink/session.ts';
import { PartitionWriter } from './sink/writer.ts';
import type { Opened } from './sink/writer-parts.ts';

export interface SinkOptions {
  readonly pool: Pool;
  readonly schema: string;
  readonly source: string;
  /** Later runs have greater ids: they fence earlier ones off. */
  readonly runId: number;
}

/** Writes streams into the schema's tables, as this run. An open writer holds a connection of the pool's. */
export function createSink({ pool, schema, source, runId }: SinkOptions): Sink {
  const address = addressOf(pool);
  return {
    async open(stream: Stream, partition: Partition, notes: SinkNotes): Promise<Writer> {
      const claim = { schema, source, stream: stream.name, partition: partition.key, runId };
      const layouts = layoutsOf(schema, stream);
      const session = new Session(pool, (client) => createSeen(client, layouts[0]));
      try {
        const opened = await throughDoor(address, () =>
          session.transact((client) => openPartition(client, claim, layouts[0])),
        );
        return guarded(
          new PartitionWriter({ layouts, session, claim, opened, notes }),
          address,
          claim,
        );
      } catch (error) {
        await session.close();
        throw locate(error, { source, stream: stream.name, partition: partition.key });
      }
    },
  };
}

async function openPartition(client: ClientBase, claim: Claim, root: Layout): Promise<Opened> {
  const claimed = await claimCursor(client, claim);
  const marks = root.table.marksDeletion === true;
  return {
    ...claimed,
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
