// Records that Postgres refuses are set aside; all others are loaded.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { approval, base, baseRecord, batch, row, type Warehouse, warehouse } from './warehouse.ts';

const keyOf = (id: string): string => JSON.stringify(['app', 'tbl1', id]);

describe('records that Postgres refuses', () => {
  let house: Warehouse;
  before(async () => {
    house = await warehouse();
  });
  after(() => house.drop());

  for (const fresh of [true, false]) {
    test(`they are found by halving, ${fresh ? 'in a new partition' : 'in a known one'}`, async () => {
      const [partition, sick] = fresh ? ['new', 'n'] : ['known', 'k'];
      const writer = await house.open(base, { partition });
      if (!fresh) await writer.write(batch([baseRecord('k0', '{}')]));
      const good = Array.from({ length: 20 }, (_, index) =>
        baseRecord(`${sick}-good${index}`, '1'),
      );
      const poison = [baseRecord(`${sick}-word`, 'secret'), baseRecord(`${sick}-huge`, '1e999999')];
      const given = [...good.slice(0, 3), ...poison, ...good.slice(3)];
      const counts = await writer.write(batch(given, { cursor: { at: 1 } }));
      await writer.close();
      assert.deepEqual([counts.records, counts.inserted, counts.rejected], [22, 20, 2]);
      const rejects = await house.rows(
        'select record_key, payload, reason, sqlstate from @.rejected_records where partition = $1 order by 1',
        [partition],
      );
      assert.deepEqual(
        rejects.map(({ record_key, reason, sqlstate }) => [record_key, reason, sqlstate]),
        [
          [keyOf(`${sick}-huge`), 'Postgres refuses a value of base_records.fields', '22003'],
          [keyOf(`${sick}-word`), 'Postgres refuses a value of base_records.fields', '22P02'],
        ],
      );
      assert.deepEqual(JSON.parse(String(rejects[1]?.['payload'])), {
        base_records: [
          { app_token: 'app', table_id: 'tbl1', record_id: `${sick}-word`, fields: 'secret' },
        ],
      });
      const loaded = await house.rows('select from @.base_records where record_id like $1', [
        `${sick}-good%`,
      ]);
      assert.equal(loaded.length, 20);
    });
  }

  test('no row of a record is loaded when one of its rows is refused', async () => {
    const writer = await house.open(approval, { partition: 'whole' });
    const record = {
      key: 'x1',
      rows: [
        [row(approval, ['x1', 'OPEN'])],
        // Longer than an index takes.
        [row(approval, ['x1', randomBytes(9000).toString('base64'), null], 1)],
        [row(approval, ['x1', '1'], 2)],
      ],
    };
    const counts = await writer.write(batch([record]));
    await writer.close();
    assert.deepEqual([counts.inserted, counts.rejected], [0, 1]);
    assert.deepEqual(
      await house.rows("select from @.approval_instances where instance_code = 'x1'"),
      [],
    );
    assert.deepEqual(
      await house.rows("select from @.approval_follows where instance_code = 'x1'"),
      [],
    );
  });

  test('a record that is refused again stays one rejection, and loading it resolves it', async () => {
    const write = async (runId: number, fields: string) => {
      const writer = await house.open(base, { partition: 'healed', runId });
      const counts = await writer.write(batch([baseRecord('h1', fields, 'healed')]));
      await writer.close();
      return counts.rejected;
    };
    const state = () =>
      house.rows(
        "select resolved_at is not null as resolved from @.rejected_records where partition = 'healed'",
      );
    assert.deepEqual([await write(1, '{'), await write(2, '[')], [1, 1]);
    assert.deepEqual(await state(), [{ resolved: false }]);
    assert.equal(await write(3, '{}'), 0);
    assert.deepEqual(await state(), [{ resolved: true }]);
  });

  test('rejections without a key are told apart by what they hold', async () => {
    const reject = (payload: string) => ({ key: '', payload, reason: 'no key' });
    for (const runId of [1, 2]) {
      const writer = await house.open(base, { partition: 'nameless', runId });
      await writer.write(
        batch([], { rejects: [reject('{"a":1}'), reject('{"a":2}'), reject('{"a":1}')] }),
      );
      await writer.close();
    }
    const rows = await house.rows(
      "select payload from @.rejected_records where partition = 'nameless' order by 1",
    );
    assert.deepEqual(rows, [{ payload: '{"a":1}' }, { payload: '{"a":2}' }]);
  });
});
