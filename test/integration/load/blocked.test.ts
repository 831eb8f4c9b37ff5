// Statements that Postgres refuses for the moment, or that somebody blocks.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { Client } from 'pg';
import { BlockedError, InterruptedError } from '../../../src/errors.ts';
import { stateOf, untilBlocked } from './state.ts';
import { base, baseRecord, batch, type Warehouse, warehouse } from './warehouse.ts';

describe('blocked statements', () => {
  let house: Warehouse;
  before(async () => {
    house = await warehouse();
  });
  after(() => house.drop());

  const one = (partition: string) =>
    batch([baseRecord('a', '{}', partition)], { cursor: { at: 1 } });
  const nothing = { rows: 0, gone: [], cursor: null };
  const all = { rows: 1, gone: [], cursor: { at: 1 } };

  describe('that fail', () => {
    beforeEach(() => house.rows('create sequence @.attempts'));
    afterEach(async () => {
      await house.rows('drop function @.fail cascade');
      await house.rows('drop sequence @.attempts');
    });

    /** Lets the next inserts fail with these SQLSTATEs, one after another. */
    async function failWith(states: readonly string[]): Promise<void> {
      await house.rows(`create function @.fail() returns trigger language plpgsql as $$
declare
  states text[] := '{${states.join(',')}}';
  attempt bigint := nextval('@.attempts');
begin
  if attempt <= cardinality(states) then
    raise exception 'on purpose' using errcode = states[attempt];
  end if;
  return new;
end $$`);
      await house.rows(
        'create trigger fail before insert on @.base_records for each statement execute function @.fail()',
      );
    }

    async function attempts(): Promise<unknown> {
      const [row] = await house.rows('select last_value::integer as attempts from @.attempts');
      return row?.['attempts'];
    }

    test('a lock that is not had in time, a deadlock and a conflict are repeated', async () => {
      await failWith(['55P03', '40P01', '40001']);
      const writer = await house.open(base, { partition: 'conflicts' });
      await writer.write(one('conflicts'));
      assert.equal(await attempts(), 4);
      assert.deepEqual(await stateOf(house, 'conflicts'), all);
    });

    test('a table that stays locked stops its stream after five attempts', async () => {
      await failWith(Array.from({ length: 9 }, () => '55P03'));
      const writer = await house.open(base, { partition: 'locked' });
      await assert.rejects(writer.write(one('locked')), BlockedError);
      assert.equal(await attempts(), 5);
      assert.deepEqual(await stateOf(house, 'locked'), nothing);
    });

    for (const [sqlstate, expected] of [
      ['53100', /the disk of the warehouse .* is full/],
      ['57014', /was ended by the warehouse/],
    ] as const) {
      test(`SQLSTATE ${sqlstate} is told at once, and nothing of the batch stays`, async () => {
        await failWith([sqlstate]);
        const writer = await house.open(base, { partition: sqlstate });
        await assert.rejects(writer.write(one(sqlstate)), expected);
        assert.equal(await attempts(), 1);
        assert.deepEqual(await stateOf(house, sqlstate), nothing);
      });
    }
  });

  test('a batch that is blocked blocks no reader, and is given up when the run is to end', async () => {
    const stop = new AbortController();
    const opening = { partition: 'stopped', signal: stop.signal };
    const writer = await house.open(base, opening);
    const holder = new Client(house.url);
    await holder.connect();
    await holder.query('begin; lock table lark.sync_cursors in share mode');
    const blocked = assert.rejects(writer.write(one('stopped')), InterruptedError);
    await untilBlocked(house);
    assert.deepEqual(await stateOf(house, 'stopped'), nothing);
    stop.abort(new InterruptedError('the run was stopped by SIGTERM'));
    await blocked;
    await holder.query('rollback');
    await holder.end();
    assert.deepEqual(await stateOf(house, 'stopped'), nothing);
  });

  test('a batch that comes when the run is to end is committed, if it can be soon', async () => {
    const stop = new AbortController();
    const writer = await house.open(base, { partition: 'last', signal: stop.signal });
    stop.abort();
    await writer.write(one('last'));
    assert.deepEqual(await stateOf(house, 'last'), all);
  });
});
