// What nothing can beat: a file of ready rows, streamed unchanged into `copy .. from stdin`, as psql's \copy does.

import { execFile } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const pieceBytes = 64 * 1024;

/** Rows of one table, ready for COPY in its text format. */
export interface CopyFile {
  readonly file: string;
  /** Schema, name and columns, quoted. */
  readonly into: string;
  readonly rows: number;
}

/** Gives the seconds for all files, one after the other, each committed. */
export async function plainCopy(url: string, files: readonly CopyFile[]): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const started = performance.now();
    for (const { file, into } of files) {
      const target = client.query(copyFrom(`copy ${into} from stdin`));
      await pipeline(piecesOf(file), target);
    }
    return (performance.now() - started) / 1000;
  } finally {
    await client.end();
  }
}

/** Read without waiting for another thread, as psql does it. */
function* piecesOf(file: string): Generator<Buffer> {
  const open = openSync(file, 'r');
  try {
    for (;;) {
      const piece = Buffer.allocUnsafe(pieceBytes);
      const bytes = readSync(open, piece);
      if (bytes === 0) return;
      yield piece.subarray(0, bytes);
    }
  } finally {
    closeSync(open);
  }
}

/** The version of the machine's psql; undefined when it has none. */
export async function psqlVersion(): Promise<string | undefined> {
  const told = await promisify(execFile)('psql', ['--version']).catch(() => undefined);
  return told?.stdout.trim();
}

/** The same by psql itself, its start and its connecting included. */
export async function psqlCopy(
  { url, pgpass }: { readonly url: string; readonly pgpass: string },
  files: readonly CopyFile[],
): Promise<number> {
  const { hostname, port, username, pathname } = new URL(url);
  const place = `host=${hostname} port=${port} user=${username} dbname=${pathname.slice(1)}`;
  const commands = files.flatMap(({ file, into }) => ['-c', `\\copy ${into} from '${file}'`]);
  const started = performance.now();
  await promisify(execFile)('psql', [
    '-Xqv',
    'ON_ERROR_STOP=1',
    '-d',
    `${place} passfile=${pgpass}`,
    ...commands,
  ]);
  return (performance.now() - started) / 1000;
}
