// Locks that say who is at work: taken once, kept over lost connections, and lost by whoever is silent.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, type Pool } from 'pg';
import { FencedError } from '../../../src/errors.ts';
import { type Lease, openLease, sourceLock } from '../../../src/load/lease.ts';
import { openPool } from '../../../src/load/pool.ts';
import { type Wire, wireTo } from '../../faults/wire.ts';
import { untilBlocked } from './state.ts';
import { type Warehouse, warehouse } from './warehouse.ts';

const lively = { beat: 20, answer: 5000, silence: 5000, regain: 30_000 };

describe('leases', () => {
  let house: Warehouse;
  let wire: Wire;
  let pool: Pool;
  before(async () => {
    house = await warehouse();
    wire = await wireTo(house.url);
    pool = openPool(wire.url);
  });
  after(async () => {
    await pool.end();
    await wire.close();
    await house.drop();
  });

  /** The process of Postgres that holds an advisory lock; undefined when none does. */
  async function holder(): Promise<number | undefined> {
    const [row] = await house.rows(
      `select pid from pg_locks where locktype = 'advisory' and granted
       and database = (select oid from pg_database where datname = current_database())`,
    );
    return row === undefined ? undefined : Number(row['pid']);
  }

  async function until(isSo: () => Promise<boolean>): Promise<void> {
    while (!(await isSo())) await pause(20);
  }

  const take = (lease: Lease, source: string) => lease.take(sourceLock('lark', source));

  test('one writer a source: a second finds it taken, until the first lets it go', async () => {
    const [first, second] = await Promise.all([openLease(house.pool), openLease(house.pool)]);
    assert.equal(await take(first, 'acme'), true);
    assert.equal(await take(second, 'acme'), false);
    assert.equal(await take(second, 'other'), true);
    assert.equal(await second.take(sourceLock('lark2', 'acme')), true);
    await first.release();
    assert.equal(await take(second, 'acme'), true);
    await second.release();
    assert.equal(await holder(), undefined);
  });

  test('it keeps no snapshot and has no transaction id, so that it hinders no vacuum', async () => {
    const lease = await openLease(house.pool, lively);
    await take(lease, 'acme');
    const pid = await holder();
    await until(async () => {
      const [row] = await house.rows('select query from pg_stat_activity where pid = $1', [pid]);
      return row?.['query'] === 'select 1';
    });
    await until(async () => {
      const [row] = await house.rows(
        'select state, backend_xid, backend_xmin from pg_stat_activity where pid = $1',
        [pid],
      );
      if (row?.['state'] !== 'idle in transaction') return false;
      assert.deepEqual([row['backend_xid'], row['backend_xmin']], [null, null]);
      return true;
    });
    await lease.release();
  });

  test('when its connection breaks, it takes the same locks on another one', async () => {
    const lease = await openLease(pool, lively);
    await take(lease, 'acme');
    const first = await holder();
    assert.ok(first !== undefined);
    wire.cutAll();
    await until(async () => ![undefined, first].includes(await holder()));
    assert.equal(lease.lost.aborted, false);
    const other = await openLease(house.pool);
    assert.equal(await take(other, 'acme'), false);
    await lease.release();
    assert.equal(await take(other, 'acme'), true);
    await other.release();
  });

  test('it is lost when somebody else has the locks meanwhile', async () => {
    const lease = await openLease(pool, { ...lively, regain: 200 });
    await take(lease, 'acme');
    const lost = once(lease.lost, 'abort');
    const rival = new Client(house.url);
    await rival.connect();
    const lock = `select pg_advisory_lock(hashtextextended('${sourceLock('lark', 'acme')}', 0))`;
    const locked = rival.query(lock);
    await untilBlocked(house);
    wire.cutAll();
    await Promise.all([locked, lost]);
    assert.ok(lease.lost.reason instanceof FencedError);
    await Promise.all([lease.release(), rival.end()]);
  });

  test('whoever is silent for too long loses it, also where the connection stays', async () => {
    const frozen = await openLease(house.pool, { ...lively, beat: 3_600_000, silence: 200 });
    const other = await openLease(house.pool);
    await take(frozen, 'acme');
    await until(() => take(other, 'acme'));
    await Promise.all([frozen.release(), other.release()]);
  });
});
