// A sink that also repairs rows which somebody changed behind its back: their hashes still say that they
// are as they were loaded, so the values themselves are compared.

import type { ClientBase, Pool } from 'pg';
import type { Sink } from '../sink.ts';
import type { Batch } from '../stream.ts';
import { equal, ident } from './identifier.ts';
import { inTransaction } from './pool.ts';
import { copyIn, encodeRows, headOf } from './sink/copy.ts';
import { type Layout, type Layouts, layoutsOf } from './sink/layout.ts';
import { copyIntoStage, createStage } from './sink/merge.ts';
import { isPoison, undone } from './sink/poison.ts';

/** A batch finds its rows by their keys: its cost must not grow with the table. */
const byKey = 'set local enable_hashjoin = off; set local enable_mergejoin = off';

export interface MendingOptions {
  readonly pool: Pool;
  readonly schema: string;
  readonly source: string;
}

/** Rows that are as they should be are not touched. */
export function mending(sink: Sink, { pool, schema, source }: MendingOptions): Sink {
  return {
    async open(stream, partition, notes) {
      const writer = await sink.open(stream, partition, notes);
      const layouts = layoutsOf(schema, stream);
      return {
        checkpoint: writer.checkpoint,
        async write(batch) {
          await unsettleDamaged(pool, layouts, source, batch);
          return writer.write(batch);
        },
        close: () => writer.close(),
      };
    },
  };
}

/** Takes their hash from rows that are not what the batch says, so that writing it replaces them. */
async function unsettleDamaged(
  pool: Pool,
  layouts: Layouts,
  source: string,
  batch: Batch,
): Promise<void> {
  if (batch.records.length === 0) return;
  await inTransaction(pool, async (client) => {
    await client.query(byKey);
    const unsettling = undone(client, async () => {
      for (const [index, layout] of layouts.entries()) {
        await stage(client, layout, batch, index);
        await client.query(unsettle(layout), [source]);
      }
    });
    await unsettling.catch((error: unknown) => {
      // A record that Postgres refuses is the writer's to reject.
      if (!isPoison(error)) throw error;
    });
  });
}

async function stage(
  client: ClientBase,
  layout: Layout,
  { records }: Batch,
  index: number,
): Promise<void> {
  await client.query(createStage(layout));
  await copyIn(client, copyIntoStage(layout), encodeRows(records.rows(index), headOf(layout)));
}

function unsettle({ target, stage: staged, key, table, names }: Layout): string {
  const differs = names
    .filter((name) => !key.includes(name))
    .map((name) => {
      // What Lark changes at every reading are URLs, and they do not count here either.
      const isCompared = table.columns[name]?.compared !== undefined;
      const form = isCompared ? withoutUrls : (value: string) => value;
      return `${form(`t.${ident(name)}`)} is distinct from ${form(`s.${ident(name)}`)}`;
    });
  const all = differs.length === 0 ? 'false' : differs.join(' or ');
  return `update ${target} t set row_hash = '' from ${staged} s
where t.source = $1 and ${equal('t', 's', key)} and t.row_hash = s.row_hash and (${all})`;
}

function withoutUrls(value: string): string {
  return String.raw`regexp_replace(${value}::text, 'https?://[^"\s]+', '', 'g')`;
}
