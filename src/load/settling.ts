// A sink for rejected records that are tried again: cursors stay where they are, and a rejection that is not
// renewed is resolved.

import type { Pool } from 'pg';
import type { Sink } from '../sink.ts';
import type { Cursor, Partition, Stream } from '../stream.ts';
import { qualified } from './identifier.ts';
import { query } from './pool.ts';

export interface SettlingOptions {
  readonly pool: Pool;
  readonly schema: string;
  readonly source: string;
  /** The run that tries: what is rejected since it began is rejected again. */
  readonly runId: number;
  /** The payload of those that were not tried. */
  readonly untried: string;
}

/** The cursor of a batch names the last rejection that it and those before it have tried. */
export function settling(sink: Sink, options: SettlingOptions): Sink {
  return {
    async open(stream, partition, notes) {
      const writer = await sink.open(stream, partition, notes);
      return {
        checkpoint: writer.checkpoint,
        async write(batch) {
          const counts = await writer.write({ ...batch, cursor: undefined });
          // Later than the rows: after a crash between the two they are tried again, and are there.
          if (batch.cursor !== undefined) await settle(options, stream, partition, batch.cursor);
          return counts;
        },
        close: () => writer.close(),
      };
    },
  };
}

async function settle(
  { pool, schema, source, runId, untried }: SettlingOptions,
  { name }: Stream,
  partition: Partition,
  { id }: Cursor,
): Promise<void> {
  await query(
    pool,
    `update ${qualified(schema, 'rejected_records')} r set resolved_at = now()
from ${qualified(schema, 'sync_runs')} u
where u.run_id = $1 and r.rejected_at < u.started_at and r.resolved_at is null
  and r.source = $2 and r.stream = $3 and r.partition = $4 and r.id <= $5
  and r.payload <> $6`,
    [runId, source, name, partition.key, id, untried],
  );
}
