// Rows in memory to rows in a table by the loader's encoder and COPY, against a file of the same bytes.

import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { copyIn } from '../../src/load/sink/copy.ts';
import type { Row, Table } from '../../src/stream.ts';
import { type Measurement, ratio, type Trial } from '../figure.ts';
import { type CopyFile, plainCopy } from '../stand/plain-copy.ts';
import { copyBytes, copyChunks, copyTarget, recorded } from '../stand/recorded.ts';
import { type Stand, withDatabase } from '../stand/stand.ts';
import { sync } from '../stand/sync.ts';
import { appToken, modulesOf, tableId } from './base-table.ts';

export const staged: Measurement = {
  name: 'staged',
  figures: [
    {
      name: 'staged.copy',
      title: 'records staged by COPY / a file of the same bytes by COPY, into the same table',
      unit: 'x',
      better: 'more',
      bar: 0.9,
      limit: '1.0',
      of: ratio('file seconds', 'staged seconds'),
    },
  ],
  async prepare(stand: Stand): Promise<readonly Trial[]> {
    const { rows, into } = await rowsOfTable(stand);
    const file = join(stand.folder, 'staged.copy');
    await pipeline(Readable.from(copyBytes(rows)), createWriteStream(file));
    const files: readonly CopyFile[] = [{ file, into, rows: rows.length }];
    return [
      () =>
        withDatabase(stand, async ({ url }) => ({ 'file seconds': await plainCopy(url, files) })),
      () =>
        withDatabase(stand, async ({ url }) => ({
          'staged seconds': await stage(url, into, rows),
        })),
    ];
  },
};

async function rowsOfTable(stand: Stand): Promise<{ rows: readonly Row[]; into: string }> {
  const tenant = await stand.tenant({ bases: { [appToken]: { [tableId]: stand.options.rows } } });
  const rows: Row[] = [];
  let into = '';
  const keep = async (table: Table, found: readonly Row[]): Promise<void> => {
    for (const row of found) rows.push(row);
    into = copyTarget(table);
  };
  await withDatabase(stand, ({ url: warehouse }) => {
    const order = { warehouse, tenant: tenant.url, modules: modulesOf(), runId: 1 };
    return sync(order, (sink) => recorded(sink, 'base.records', keep));
  });
  await tenant.end();
  return { rows, into };
}

async function stage(url: string, into: string, rows: readonly Row[]): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const started = performance.now();
    await copyIn(client, `copy ${into} from stdin`, copyChunks(rows));
    return (performance.now() - started) / 1000;
  } finally {
    await client.end();
  }
}
