import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from 'pg';
import { testDatabase } from '../postgres.ts';

const ask = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

test('databases made at the same moment are different and empty of one another', async () => {
  const databases = await Promise.all(Array.from({ length: 6 }, () => testDatabase()));
  try {
    assert.equal(new Set(databases.map(({ url }) => url)).size, 6);
    await Promise.all(databases.map(({ url }) => ask(url, 'create table note (id int)')));
  } finally {
    await Promise.all(databases.map((database) => database.drop()));
  }
});

test('a database is dropped although somebody is still connected', async () => {
  const database = await testDatabase();
  const client = new Client({ connectionString: database.url });
  client.on('error', () => undefined);
  await client.connect();
  const ended = new Promise((resolve) => client.once('end', resolve));
  await database.drop();
  await ended;
  await assert.rejects(ask(database.url, 'select 1'), { code: '3D000' });
});
