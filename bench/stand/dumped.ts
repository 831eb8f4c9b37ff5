// The rows of tables in files, as Postgres writes them in COPY's text format: what psql's \copy is given.

import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { CopyFile } from './plain-copy.ts';

/** A file for each table, in the order in which its rows were loaded. */
export async function dumped(
  url: string,
  folder: string,
  tables: readonly string[],
): Promise<readonly CopyFile[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const files: CopyFile[] = [];
    for (const table of tables) {
      const into = `lark.${table}`;
      const file = join(folder, `${table}.copy`);
      const source = client.query(copyTo(`copy ${into} to stdout`));
      await pipeline(source, createWriteStream(file));
      files.push({ file, into, rows: source.rowCount });
    }
    return files;
  } finally {
    await client.end();
  }
}
