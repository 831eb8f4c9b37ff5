// Statements have limits, and leave nothing on their connection, which a pooler may hand to others.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openPool, query } from '../../../src/load/pool.ts';
import { type Warehouse, warehouse } from './warehouse.ts';

const limits = [
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  'client_connection_check_interval',
];
const settings = 'select name, setting from pg_settings where name = any($1)';

describe('transactions', () => {
  let house: Warehouse;
  let pool: ReturnType<typeof openPool>;
  before(async () => {
    house = await warehouse();
    pool = openPool(house.url, { max: 1 });
  });
  after(async () => {
    await pool.end();
    await house.drop();
  });

  test('every statement has limits, and the session has none of them', async () => {
    const outside = async () => (await pool.query(settings, [limits])).rows;
    const before = await outside();
    const within = await query<{ name: string; setting: string }>(pool, settings, [limits]);
    assert.deepEqual(Object.fromEntries(within.map(({ name, setting }) => [name, setting])), {
      statement_timeout: '1800000',
      lock_timeout: '60000',
      idle_in_transaction_session_timeout: '300000',
      client_connection_check_interval: '5000',
    });
    assert.deepEqual(await outside(), before);
  });

  test('a statement that fails gives its connection back in order', async () => {
    await assert.rejects(query(pool, 'select * from nowhere'), /relation "nowhere"/);
    assert.deepEqual(await query(pool, 'select 1 as one'), [{ one: 1 }]);
  });

  test('a connection that broke is not used again', async () => {
    const broken = query(pool, 'select pg_terminate_backend(pg_backend_pid())');
    await assert.rejects(broken, /cannot be reached/);
    assert.deepEqual(await query(pool, 'select 1 as one'), [{ one: 1 }]);
  });
});
