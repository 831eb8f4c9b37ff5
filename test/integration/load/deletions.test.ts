// What a complete reading proves to be gone is marked, within its scope, and no more than is plausible.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Reader, readerOf } from './reading.ts';
import { base, baseRecord, batch, contact, user, type Warehouse, warehouse } from './warehouse.ts';

describe('deletions', () => {
  let house: Warehouse;
  let reader: Reader;
  before(async () => {
    house = await warehouse();
    reader = readerOf(house);
  });
  after(() => house.drop());

  test('a complete reading marks what it did not give, and nothing outside of its scope', async () => {
    await reader.readTable('scope', ['a', 'b', 'c'], 1);
    await reader.readTable('beside', ['a', 'b', 'c'], 1);
    const { deleted } = await reader.readTable('scope', ['b'], 2);
    assert.equal(deleted, 2);
    assert.deepEqual(await reader.gone('scope'), ['a', 'c']);
    assert.deepEqual(await reader.gone('beside'), []);
    const [row] = await house.rows(
      "select run_id::int, fields from @.base_records where table_id = 'scope' and record_id = 'a'",
    );
    assert.deepEqual(row, { run_id: 2, fields: {} });
  });

  test('a reading that covers nothing marks nothing', async () => {
    await reader.readTable('partial', ['a', 'b'], 1);
    await reader.read(
      [baseRecord('a', '{}', 'partial')],
      { cursor: { at: 2 } },
      { partition: 'partial', runId: 2 },
    );
    assert.deepEqual(await reader.gone('partial'), []);
  });

  test('a row that returns unchanged is live again, and one that stays away is not marked anew', async () => {
    await reader.readTable('return', ['a', 'b', 'c'], 1);
    await reader.readTable('return', ['c'], 2);
    const when = () =>
      house.rows(
        "select deleted_at from @.base_records where table_id = 'return' and record_id = 'b'",
      );
    const first = await when();
    const { deleted } = await reader.readTable('return', ['a', 'c'], 3);
    assert.equal(deleted, 0);
    assert.deepEqual(await reader.gone('return'), ['b']);
    assert.deepEqual(await when(), first);
  });

  test('an interval and a list bound a scope', async () => {
    const writer = await house.open(base, { partition: 'bounds', runId: 1 });
    await writer.write(
      batch(['a', 'b', 'c', 'd', 'e'].map((id) => baseRecord(id, '{}', 'bounds'))),
    );
    await writer.close();
    const covers = { table_id: ['bounds', 'other'], record_id: { from: 'b', to: 'd' } };
    await reader.read(
      [baseRecord('c', '{}', 'bounds')],
      { covers },
      { partition: 'bounds', runId: 2 },
    );
    assert.deepEqual(await reader.gone('bounds'), ['b']);
  });

  test('a record that was given and rejected is not missing', async () => {
    await reader.readTable('bad', ['a', 'b', 'c'], 1);
    const reject = { key: JSON.stringify(['app', 'bad', 'b']), payload: '{}', reason: 'odd' };
    const covers = { app_token: 'app', table_id: 'bad' };
    await reader.read(
      [baseRecord('a', '{}', 'bad')],
      { covers, rejects: [reject] },
      { partition: 'bad', runId: 2 },
    );
    assert.deepEqual(await reader.gone('bad'), ['c']);
  });

  test('while a rejected record has no key, nothing is marked', async () => {
    await reader.readTable('nameless', ['a', 'b'], 1);
    const covers = { app_token: 'app', table_id: 'nameless' };
    const rejects = [{ key: '', payload: '{}', reason: 'no key' }];
    const opening = { partition: 'nameless', runId: 2 };
    const { deleted, warnings } = await reader.read(
      [baseRecord('a', '{}', 'nameless')],
      { covers, rejects },
      opening,
    );
    assert.equal(deleted, 0);
    assert.match(warnings.join(), /1 rejected records have no key/);
    assert.deepEqual(await reader.gone('nameless'), []);
  });

  test('rows that a change of conditions hid are out of sight, not deleted, until they are given again', async () => {
    const write = async (runId: number, given: readonly string[], unlike: boolean) => {
      const { deleted } = await reader.read(
        given.map((id) => baseRecord(id, '{}', 'hidden')),
        { covers: { table_id: 'hidden' }, unlike },
        { partition: 'hidden', runId },
      );
      return [deleted, await reader.gone('hidden')];
    };
    await write(1, ['a', 'b', 'c', 'd'], false);
    assert.deepEqual(await write(2, ['a', 'b'], true), [0, []]);
    assert.deepEqual(await write(3, ['a'], false), [1, ['b']]);
    assert.deepEqual(await write(4, ['a', 'c'], true), [0, ['b']]);
    assert.deepEqual(await write(5, ['a'], false), [1, ['b', 'c']]);
    const rows = await house.rows('select record_key from @.sync_out_of_sight');
    assert.deepEqual(rows, [{ record_key: '["app", "hidden", "d"]' }]);
  });

  test('what belongs to a swept row is marked with it', async () => {
    const first = await house.open(contact, { runId: 1 });
    await first.write(batch([user('u1', 'Ana', ['od-1', 'od-2']), user('u2', 'Bo', ['od-1'])]));
    await first.close();
    const second = await house.open(contact, { runId: 2 });
    const counts = await second.write(batch([user('u2', 'Bo', ['od-1'])], { covers: {} }));
    await second.close();
    assert.deepEqual([counts.deleted, counts.unchanged], [3, 2]);
    const rows = await house.rows(
      'select open_id || open_department_id as id, deleted_at is null as live from @.contact_user_departments order by 1',
    );
    assert.deepEqual(rows, [
      { id: 'u1od-1', live: false },
      { id: 'u1od-2', live: false },
      { id: 'u2od-1', live: true },
    ]);
  });
});
