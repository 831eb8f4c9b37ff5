// Pages that are made from the warehouse.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { parse } from 'yaml';
import { openPool } from '../../../src/load/pool.ts';
import { testDatabase } from '../../postgres.ts';
import { tablesIn } from './catalogue.ts';
import { holds } from './holds.ts';
import { dbtSources, tablesPage } from './pages.ts';

const database = await testDatabase();
const pool = openPool(database.url);
after(async () => {
  await pool.end();
  await database.drop();
});
const tables = await tablesIn(pool, 'lark');

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
