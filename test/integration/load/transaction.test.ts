// Statements have limits, and leave nothing on their connection, which a pooler may hand to others.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openPool, query } from '../../../src/load/pool.ts';
import { traceOf } from '../../../src/load/sink/cursors.ts';
import { byId, type Trace, transactions } from '../../../src/load/sink/transact.ts';
import { base, baseRecord, batch, type Warehouse, warehouse } from './warehouse.ts';

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

  /** How often the work is done when the answer to its COMMIT is lost. */
  async function timesDone(trace?: Trace): Promise<number> {
    let times = 0;
    const transact = transactions(pool, new AbortController().signal);
    await transact(async (client) => {
      times += 1;
      if (times > 1) return;
      const query = client.query.bind(client);
      Object.assign(client, {
        async query(text: string) {
          const result = await query(text);
          if (text === 'commit') client.connection.stream.destroy();
          return text === 'commit' ? Promise.reject(new Error('Connection terminated')) : result;
        },
      });
    }, trace);
    return times;
  }

  test('work whose COMMIT had no answer is done when it left its trace, and is else repeated', async () => {
    assert.equal(
      await timesDone({ text: '$1::xid8 is not null and $2 = $3', values: ['a', 'a'] }),
      1,
    );
    assert.equal(
      await timesDone({ text: '$1::xid8 is not null and $2 = $3', values: ['a', 'b'] }),
      2,
    );
  });

  test('work without a trace is repeated, save where only its id may tell', async () => {
    assert.equal(await timesDone(), 2);
    assert.equal(await timesDone(byId), 1);
  });

  test('Postgres refuses to tell of the id of a transaction that has not begun', async () => {
    const asked = pool.query("select pg_xact_status('999999999999')");
    await assert.rejects(asked, { code: '22023' });
  });

  test('a batch leaves its transaction with the cursor of its partition', async () => {
    const writer = await house.open(base, { partition: 'traced' });
    await writer.write(batch([baseRecord('t1', '{}', 'traced')], { cursor: { at: 1 } }));
    await writer.close();
    const claim = {
      schema: 'lark',
      source: 'acme',
      stream: 'base.records',
      partition: 'traced',
      runId: 1,
    };
    const { text, values } = traceOf(claim);
    const [row] = await house.rows(
      "select xmin::text as id from @.base_records where table_id = 'traced'",
    );
    for (const [id, isLeft] of [
      [row?.['id'], true],
      ['3', false],
    ] as const) {
      assert.deepEqual(await house.rows(`select ${text} as left`, [id, ...values]), [
        { left: isLeft },
      ]);
    }
  });

  test('a connection that broke is not used again', async () => {
    const broken = query(pool, 'select pg_terminate_backend(pg_backend_pid())');
    await assert.rejects(broken, /cannot be reached/);
    assert.deepEqual(await query(pool, 'select 1 as one'), [{ one: 1 }]);
  });
});
