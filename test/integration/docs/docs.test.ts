// Pages that are made from the warehouse. With LARKHOUSE_WRITE they are written, else compared.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { parse } from 'yaml';
import { openPool } from '../../../src/load/pool.ts';
import { testDatabase } from '../../postgres.ts';
import { tablesIn } from './catalogue.ts';
import { dbtSources, tablesPage } from './pages.ts';

const database = await testDatabase();
const pool = openPool(database.url);
after(async () => {
  await pool.end();
  await database.drop();
});
const tables = await tablesIn(pool, 'lark');

async function holds(path: string, text: string): Promise<void> {
  const file = new URL(`../../../${path}`, import.meta.url);
  if (process.env['LARKHOUSE_WRITE'] !== undefined) await writeFile(file, text);
  assert.equal(await readFile(file, 'utf8'), text, `${path} is not up to date: make docs`);
}

test('docs/tables.md tells every table and column', () =>
  holds('docs/tables.md', tablesPage(tables)));

test('dbt/sources.yml tells every table and column, and how fresh they are', async () => {
  const text = dbtSources(tables);
  const names = parse(text).sources[0].tables.map(({ name }: { name: string }) => name);
  assert.deepEqual(
    names,
    tables.map(({ name }) => name),
  );
  await holds('dbt/sources.yml', text);
});

test('every table and column has a comment', () => {
  const bare = tables.flatMap(({ name, comment, columns }) => [
    ...(comment === '' ? [name] : []),
    ...columns.filter((column) => column.comment === '').map((column) => `${name}.${column.name}`),
  ]);
  assert.deepEqual(bare, []);
});
