// Pages that are made. With LARKHOUSE_WRITE they are written, else compared.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';

/** `path` starts from the root of the repository. */
export async function holds(path: string, text: string): Promise<void> {
  const file = new URL(`../../../${path}`, import.meta.url);
  if (process.env['LARKHOUSE_WRITE'] !== undefined) await writeFile(file, text);
  assert.equal(await readFile(file, 'utf8'), text, `${path} is not up to date: make docs`);
}
