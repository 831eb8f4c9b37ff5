// Batches in the tables: merged by key, children replaced with their owner, cursors with their rows.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { FencedError } from '../../../src/errors.ts';
import {
  approval,
  base,
  baseRecord,
  batch,
  contact,
  instance,
  user,
  type Warehouse,
  warehouse,
} from './warehouse.ts';

describe('writing batches', () => {
  let house: Warehouse;
  before(async () => {
    house = await warehouse();
  });
  after(() => house.drop());

  test('a second write of the same batch changes no row version (xmin) and no synced_at', async () => {
    const given = batch([instance('w1', 'PENDING', ['t1', 't2']), instance('w2', 'APPROVED', [])]);
    const versions = () =>
      house.rows(
        `select 'i' || instance_code as k, xmin, xmax, ctid, synced_at from @.approval_instances
         union all select 't' || task_id, xmin, xmax, ctid, synced_at from @.approval_tasks order by k`,
      );
    const writer = await house.open(approval, { runId: 1, partition: 'same' });
    const first = await writer.write(given);
    await writer.close();
    const seen = await versions();
    const again = await house.open(approval, { runId: 2, partition: 'same' });
    const second = await again.write(given);
    await again.close();
    assert.equal(first.inserted, 4);
    assert.deepEqual(second, {
      records: 2,
      inserted: 0,
      updated: 0,
      unchanged: 4,
      deleted: 0,
      rejected: 0,
    });
    assert.deepEqual(await versions(), seen);
  });

  test('only the rows that differ are updated, and they name the run', async () => {
    const write = async (runId: number, fields: readonly string[]) => {
      const writer = await house.open(base, { runId, partition: 'differ' });
      const counts = await writer.write(
        batch(fields.map((text, index) => baseRecord(`d${index}`, text, 'differ'))),
      );
      await writer.close();
      return counts;
    };
    await write(1, ['{"a": 1}', '{"a": 2}', '{"a": 3}']);
    const counts = await write(2, ['{"a": 1}', '{"a": 20}', '{"a": 3}', '{"a": 4}']);
    assert.deepEqual([counts.inserted, counts.updated, counts.unchanged], [1, 1, 2]);
    const rows = await house.rows(
      "select record_id, run_id::int, fields from @.base_records where table_id = 'differ' order by record_id",
    );
    assert.deepEqual(rows, [
      { record_id: 'd0', run_id: 1, fields: { a: 1 } },
      { record_id: 'd1', run_id: 2, fields: { a: 20 } },
      { record_id: 'd2', run_id: 1, fields: { a: 3 } },
      { record_id: 'd3', run_id: 2, fields: { a: 4 } },
    ]);
  });

  test('JSON in another order is the same and not touched, and a digit more is not the same', async () => {
    const write = async (runId: number, ...fields: readonly string[]) => {
      const writer = await house.open(base, { runId, partition: 'order' });
      const counts = await writer.write(
        batch(fields.map((text, index) => baseRecord(`o${index}`, text, 'order'))),
      );
      await writer.close();
      return counts;
    };
    const stored = () =>
      house.rows(
        "select record_id, xmin, xmax, ctid, run_id::int, fields::text from @.base_records where table_id = 'order' order by 1",
      );
    await write(1, '{"b":[{"d":1,"c":2}],"a":"x"}', '{"n":1.1}', '{}');
    const [first, second, third] = await stored();
    const counts = await write(2, '{"a":"x","b":[{"c":2,"d":1}]}', '{"n":1.10}', '{ }');
    assert.deepEqual([counts.inserted, counts.updated, counts.unchanged], [0, 1, 2]);
    const [same, changed, empty] = await stored();
    assert.deepEqual([same, empty], [first, third]);
    assert.notDeepEqual(changed, second);
    assert.deepEqual([changed?.['run_id'], changed?.['fields']], [2, '{"n": 1.10}']);
  });

  test('a row in another order that was marked as deleted returns', async () => {
    const writer = await house.open(base, { runId: 1, partition: 'returns' });
    await writer.write(batch([baseRecord('r0', '{"a":1,"b":2}', 'returns')]));
    await house.rows(
      "update @.base_records set deleted_at = now() where table_id = 'returns' returning 1",
    );
    await writer.close();
    const again = await house.open(base, { runId: 2, partition: 'returns' });
    const counts = await again.write(batch([baseRecord('r0', '{"b":2,"a":1}', 'returns')]));
    await again.close();
    assert.equal(counts.updated, 1);
    const rows = await house.rows(
      "select deleted_at from @.base_records where table_id = 'returns'",
    );
    assert.deepEqual(rows, [{ deleted_at: null }]);
  });

  test('children are exactly those of the newest record, and an owner without any has none', async () => {
    const writer = await house.open(approval, { partition: 'children' });
    await writer.write(
      batch([
        instance('c1', 'PENDING', ['a', 'b']),
        instance('c2', 'PENDING', ['x']),
        instance('c3', 'PENDING', ['y']),
      ]),
    );
    const counts = await writer.write(
      batch([instance('c1', 'PENDING', ['b', 'c']), instance('c2', 'PENDING', [])]),
    );
    await writer.close();
    const rows = await house.rows(
      "select instance_code || task_id as id from @.approval_tasks where instance_code like 'c_' order by 1",
    );
    assert.deepEqual(rows, [{ id: 'c1b' }, { id: 'c1c' }, { id: 'c3y' }]);
    assert.deepEqual([counts.inserted, counts.deleted, counts.unchanged], [1, 2, 3]);
  });

  test('children that mark deletion stay as marked rows, and are clear when they return', async () => {
    const writer = await house.open(contact, { partition: 'marks' });
    const marked = () =>
      house.rows(
        "select open_department_id as d, deleted_at is not null as gone from @.contact_user_departments where open_id = 'm1' order by 1",
      );
    await writer.write(batch([user('m1', 'Ana', ['od-1', 'od-2'])]));
    const left = await writer.write(batch([user('m1', 'Ana', ['od-2'])]));
    assert.deepEqual(await marked(), [
      { d: 'od-1', gone: true },
      { d: 'od-2', gone: false },
    ]);
    const still = await writer.write(batch([user('m1', 'Ana', ['od-2'])]));
    const back = await writer.write(batch([user('m1', 'Ana', ['od-1', 'od-2'])]));
    await writer.close();
    assert.deepEqual(await marked(), [
      { d: 'od-1', gone: false },
      { d: 'od-2', gone: false },
    ]);
    assert.deepEqual([left.deleted, still.deleted, back.updated], [1, 0, 1]);
  });

  test('bookkeeping rows are written and not counted', async () => {
    const writer = await house.open(approval, { partition: 'books' });
    const counts = await writer.write(batch([instance('b1', 'PENDING', [])]));
    await writer.close();
    assert.equal(counts.inserted, 1);
    const rows = await house.rows(
      "select status from @.approval_follows where instance_code = 'b1'",
    );
    assert.deepEqual(rows, [{ status: 'FOLLOWED' }]);
  });

  test('a cursor keeps its digits and is what the next writer finds', async () => {
    const writer = await house.open(base, { partition: 'digits' });
    assert.equal(writer.checkpoint, undefined);
    await writer.write(
      batch([], { cursor: { at: JSON.rawJSON('12345678901234567890'), page: null } }),
    );
    await writer.write(batch([]));
    await writer.close();
    const next = await house.open(base, { partition: 'digits', runId: 2 });
    await next.close();
    assert.equal(JSON.stringify(next.checkpoint), '{"at":12345678901234567890,"page":null}');
  });

  test('a zombie writer is refused, and nothing of its batch stays', async () => {
    const old = await house.open(base, { runId: 5, partition: 'zombie' });
    await old.write(batch([baseRecord('z1', '{}', 'zombie')], { cursor: { at: 1 } }));
    const newer = await house.open(base, { runId: 6, partition: 'zombie' });
    await assert.rejects(
      old.write(batch([baseRecord('z2', '{}', 'zombie')], { cursor: { at: 2 } })),
      FencedError,
    );
    await assert.rejects(house.open(base, { runId: 5, partition: 'zombie' }), FencedError);
    await newer.write(batch([baseRecord('z3', '{}', 'zombie')], { cursor: { at: 3 } }));
    await Promise.all([old.close(), newer.close()]);
    const rows = await house.rows(
      "select record_id as id from @.base_records where table_id = 'zombie' order by 1",
    );
    assert.deepEqual(rows, [{ id: 'z1' }, { id: 'z3' }]);
    const cursors = await house.rows(
      "select cursor from @.sync_cursors where partition = 'zombie'",
    );
    assert.deepEqual(cursors, [{ cursor: { at: 3 } }]);
  });

  test('sources do not touch one another', async () => {
    const writers = await Promise.all(
      ['one', 'two'].map((source) => house.open(approval, { source, partition: 'apart' })),
    );
    for (const writer of writers) await writer.write(batch([instance('s1', 'PENDING', ['t'])]));
    await writers[0]?.write(batch([instance('s1', 'APPROVED', [])]));
    for (const writer of writers) await writer.close();
    const rows = await house.rows(
      `select i.source, i.status, count(t)::int as tasks from @.approval_instances i
       left join @.approval_tasks t using (source, instance_code)
       where i.source in ('one', 'two') group by 1, 2 order by 1`,
    );
    assert.deepEqual(rows, [
      { source: 'one', status: 'APPROVED', tasks: 0 },
      { source: 'two', status: 'PENDING', tasks: 1 },
    ]);
  });

  test('a partition that is new but finds its rows there already merges them', async () => {
    const first = await house.open(base, { partition: 'old name', runId: 1 });
    await first.write(batch([baseRecord('n1', '{"a": 1}', 'new'), baseRecord('n2', '{}', 'new')]));
    await first.close();
    const second = await house.open(base, { partition: 'new name', runId: 2 });
    const counts = await second.write(
      batch([
        baseRecord('n1', '{"a": 2}', 'new'),
        baseRecord('n2', '{}', 'new'),
        baseRecord('n3', '{}', 'new'),
      ]),
    );
    const more = await second.write(batch([baseRecord('n3', '{"b": 1}', 'new')]));
    await second.close();
    assert.deepEqual([counts.inserted, counts.updated, counts.unchanged], [1, 1, 1]);
    assert.deepEqual([more.inserted, more.updated], [0, 1]);
  });
});
