// Rows in memory to rows in a table by the loader's encoder and COPY, against psql's \copy of the same rows.

import { Client } from 'pg';
import { copyIn, encodeRows, headOf } from '../../src/load/sink/copy.ts';
import { type Layout, layoutsOf } from '../../src/load/sink/layout.ts';
import { copyIntoTable } from '../../src/load/sink/merge.ts';
import type { Sink } from '../../src/sink.ts';
import type { Row } from '../../src/stream.ts';
import { type Measurement, ratio, type Trial } from '../figure.ts';
import { dumped } from '../stand/dumped.ts';
import { type CopyFile, plainCopy } from '../stand/plain-copy.ts';
import { type Stand, withDatabase } from '../stand/stand.ts';
import { sync } from '../stand/sync.ts';
import { appToken, modulesOf, tableId } from './base-table.ts';

export const staged: Measurement = {
  name: 'staged',
  figures: [
    {
      name: 'staged.copy',
      title: 'records staged by COPY / psql \\copy of the same rows, into the same table',
      unit: 'x',
      better: 'more',
      bar: 0.9,
      limit: '1.0',
      of: ratio('file seconds', 'staged seconds'),
    },
  ],
  async prepare(stand: Stand): Promise<readonly Trial[]> {
    const { rows, layout, files } = await rowsOfTable(stand);
    return [
      () =>
        withDatabase(stand, async ({ url }) => ({ 'file seconds': await plainCopy(url, files) })),
      () =>
        withDatabase(stand, async ({ url }) => ({
          'staged seconds': await stage(url, layout, rows),
        })),
    ];
  },
};

interface RowsOfTable {
  readonly layout: Layout;
  readonly rows: readonly Row[];
  readonly files: readonly CopyFile[];
}

async function rowsOfTable(stand: Stand): Promise<RowsOfTable> {
  const tenant = await stand.tenant({ bases: { [appToken]: { [tableId]: stand.options.rows } } });
  const rows: Row[] = [];
  const layouts: Layout[] = [];
  const keeping = (sink: Sink): Sink => ({
    async open(stream, partition, notes) {
      const writer = await sink.open(stream, partition, notes);
      if (stream.name !== 'base.records') return writer;
      layouts.push(layoutsOf('lark', stream)[0]);
      return {
        checkpoint: writer.checkpoint,
        async write(batch) {
          rows.push(...batch.records.rows(0));
          return writer.write(batch);
        },
        close: () => writer.close(),
      };
    },
  });
  const files = await withDatabase(stand, async ({ url: warehouse }) => {
    const order = { warehouse, tenant: tenant.url, modules: modulesOf(), runId: 1 };
    await sync(order, keeping);
    return dumped(warehouse, stand.folder, ['base_records']);
  });
  await tenant.end();
  const [layout] = layouts;
  if (layout === undefined) throw new Error('no records were read');
  return { rows, layout, files };
}

async function stage(url: string, layout: Layout, rows: readonly Row[]): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const head = headOf(layout, [
      ['text', 'bench'],
      ['bigint', '1'],
    ]);
    const started = performance.now();
    await copyIn(client, copyIntoTable(layout), encodeRows(rows, head));
    return (performance.now() - started) / 1000;
  } finally {
    await client.end();
  }
}
