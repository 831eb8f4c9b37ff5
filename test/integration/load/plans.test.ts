// How Postgres goes about a batch when it has wrong ideas of a table: by keys, never by comparing all with all.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { PoolClient } from 'pg';
import { layoutsOf } from '../../../src/load/sink/layout.ts';
import * as merge from '../../../src/load/sink/merge.ts';
import { outlineOf } from '../../../src/load/sink/outline.ts';
import { areAllGiven, missingRows } from '../../../src/load/sink/scope.ts';
import { beginWriting } from '../../../src/load/sink/transact.ts';
import {
  approval,
  base,
  baseRecord,
  batch,
  instance,
  row,
  type Warehouse,
  warehouse,
} from './warehouse.ts';

const origin = { source: 'acme', runId: 2 };
const claim = {
  schema: 'lark',
  source: 'acme',
  stream: 'base.records',
  partition: 'p',
  runId: 2,
};
const scope = { app_token: 'app', table_id: 'tbl1' };

describe('plans for tables that just grew', () => {
  let house: Warehouse;
  let client: PoolClient;
  before(async () => {
    house = await warehouse();
    for (const table of ['base_records', 'approval_tasks']) {
      await house.rows(`alter table @.${table} set (autovacuum_enabled = off)`);
    }
    const bases = await house.open(base);
    await bases.write(
      batch(Array.from({ length: 3000 }, (_, index) => baseRecord(`r${index}`, '{}'))),
    );
    const approvals = await house.open(approval);
    await approvals.write(
      batch(
        Array.from({ length: 300 }, (_, index) =>
          instance(`i${index}`, 'PENDING', ['1', '2', '3']),
        ),
      ),
    );
    await Promise.all([bases.close(), approvals.close()]);
    client = await house.pool.connect();
    await client.query(beginWriting);
  });
  after(async () => {
    await client.query('rollback');
    client.release();
    await house.drop();
  });

  async function planOf(text: string, values: readonly unknown[]): Promise<string> {
    const { rows } = await client.query<[string]>({
      text: `explain (costs off) ${text}`,
      values: [...values],
      rowMode: 'array',
    });
    return rows.map(([line]) => line).join('\n');
  }

  test('the rows of a batch are found by the values of their keys, all in one go', async () => {
    const [layout] = layoutsOf('lark', base);
    const rows = Array.from({ length: 3000 }, (_, n) => row(base, ['app', 'tbl1', `r${n}`, '{}']));
    const { text, values } = merge.differing(outlineOf(layout, rows), origin);
    const plan = await planOf(text, values);
    assert.match(plan, /using base_records_pkey|on base_records_pkey/);
    assert.match(plan, /Index Cond: .*source = .*app_token = .*table_id = .*record_id = ANY/);
    assert.doesNotMatch(plan, /Nested Loop/);
  });

  test('each row is compared with the one of its key only, staged or given', async () => {
    const [layout] = layoutsOf('lark', base);
    const rows = Array.from({ length: 500 }, (_, n) => row(base, ['app', 'tbl1', `r${n}`, '{}']));
    await client.query(merge.createStage(layout));
    for (const { text, values } of [
      merge.mergeStage(layout, origin),
      merge.mergeGiven(layout, origin, rows),
    ]) {
      const plan = await planOf(text, values);
      assert.match(plan, /SubPlan/);
      assert.match(plan, /Index Cond: .*source = .*app_token = .*table_id = .*record_id = /);
    }
  });

  test('the rows of owners are found by an index, and compared by hashing', async () => {
    const [root, child] = layoutsOf('lark', approval);
    assert.ok(child !== undefined);
    const owners = outlineOf(root, [
      row(approval, ['i1', 'PENDING']),
      row(approval, ['i2', 'PENDING']),
    ]);
    const owned = outlineOf(child, [
      row(approval, ['i1', '1', null], 1),
      row(approval, ['i2', '2', null], 1),
    ]);
    const replace = merge.replaceOwned(owned, owners, origin);
    const plan = await planOf(replace?.text ?? '', replace?.values ?? []);
    assert.match(plan, /Hash.* Anti Join|Merge Anti Join/);
    assert.match(plan, /approval_tasks_pkey/);
    assert.doesNotMatch(plan, /Nested Loop/);
  });

  test('missing rows are found by hashing', async () => {
    const [root] = layoutsOf('lark', base);
    await client.query(
      `insert into lark.sync_seen_keys
       select 'acme', 'base.records', 'p', array['app', 'tbl1'], array_agg('r' || i) from generate_series(1, 3000) i`,
    );
    const { text, values } = missingRows(root, claim, scope);
    const plan = await planOf(`select from ${root.target} t where ${text}`, values);
    assert.doesNotMatch(plan, /Nested Loop/);
  });

  test('live rows are counted by indexes: none but those that are deleted is read', async () => {
    const [root] = layoutsOf('lark', base);
    const { text, values } = areAllGiven(root, claim, scope);
    const plan = await planOf(text, values);
    assert.match(plan, /Index Only Scan using base_records_pkey/);
    assert.match(plan, /base_records_deleted/);
    assert.doesNotMatch(plan, /deleted_at|Seq Scan on base_records/);
  });
});
