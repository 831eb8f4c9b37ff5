// `larkhouse status` after real syncs: what it says is what the warehouse holds.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { storedRows } from '../../../src/cli/status/stored.ts';
import { isObject, type JsonObject, objectsOf } from '../../../src/json.ts';
import { printed, streamsIn } from './json.ts';
import { type Stage, startStage } from './stage.ts';

let stage: Stage;
before(async () => {
  stage = await startStage();
  assert.equal((await stage.run(['sync', '--quiet'])).code, 0);
});
after(() => stage.close());

async function status(): Promise<JsonObject> {
  const { code, stdout } = await stage.run(['status', '--json']);
  assert.equal(code, 0);
  return printed(stdout);
}

test('each stream has its rows, its cursors in words, and what its last sync did', async () => {
  const streams = streamsIn(await status());
  const tables = {
    'contact.users': 'contact_users',
    'approval.instances': 'approval_instances',
    'base.records': 'base_records',
    'attendance.flows': 'attendance_flows',
  };
  for (const [stream, table] of Object.entries(tables)) {
    const held = (await stage.rows(`select from lark.${table}`)).length;
    assert.deepEqual(
      [streams[stream]?.['rows'], streams[stream]?.['rows_estimated']],
      [held, false],
    );
  }
  const [cursor, ...others] = objectsOf(streams['approval.instances']?.['cursors']);
  assert.deepEqual(others, []);
  assert.equal(cursor?.['partition'], stage.company.has.definitions[0]?.approval_code);
  assert.match(String(cursor?.['says']), /^listed to 20\d\d-\d\d-\d\d \d\d:\d\d UTC$/);
  const last = streams['base.records']?.['last_run'];
  assert.ok(isObject(last));
  assert.deepEqual([last['status'], last['inserted'], last['source']], ['complete', 20, undefined]);
});

test('followed approvals are overdue when the last sync should have read them and did not', async () => {
  const followed = async (): Promise<JsonObject | undefined> => {
    const found = objectsOf((await status())['sources'])[0]?.['followed_approvals'];
    return isObject(found) ? found : undefined;
  };
  const [{ open, next } = { open: 0, next: null }] = await stage.rows<{ open: number; next: Date }>(
    `select count(*) filter (where status = 'PENDING')::integer as open, min(due_at) as next
from lark.approval_follows`,
  );
  assert.ok(open > 0 && next !== null);
  assert.deepEqual(await followed(), { open, overdue: 0, next_due_at: next.toISOString() });
  await stage.rows(`update lark.approval_follows set due_at = now() - interval '1 hour',
  read_at = now() - interval '2 hours'
where instance_code in (select instance_code from lark.approval_follows order by 1 limit 2)`);
  assert.equal((await followed())?.['overdue'], 2);
  const { stdout } = await stage.run(['status']);
  assert.match(
    stdout,
    new RegExp(`^followed approvals: ${open} open, 2 overdue, the next due `, 'm'),
  );
  assert.equal((await stage.run(['sync', 'approval', '--quiet'])).code, 0);
  assert.equal((await followed())?.['overdue'], 0);
});

test('what waits is told with the command that goes on with it', async () => {
  await stage.rows(
    `insert into lark.rejected_records (source, stream, partition, record_key, payload, reason)
values ('acme', 'base.records', 'p', 'rec1', '{}', 'too large')`,
  );
  await stage.rows(
    `insert into lark.sync_held_deletions (source, stream, partition, digest, candidates, run_id, held_at)
values ('acme', 'base.records', 'basc/tbl', '\\x00', 240, 1, now())`,
  );
  const { stdout } = await stage.run(['status']);
  assert.match(
    stdout,
    /^rejected records that wait: 1 of base\.records .* larkhouse sync --retry-rejected --source acme$/m,
  );
  assert.match(stdout, /^held back just now: 240 deletions in base\.records \(basc\/tbl\)/m);
});

test('more rows than are counted are estimated as the planner expects them', async () => {
  await stage.rows('analyze lark.base_records');
  const place = { schema: 'lark', source: 'acme' };
  const table = { name: 'base_records', marksDeletion: true };
  assert.deepEqual(await storedRows(stage.pool, place, table, 20), { rows: 20, isEstimate: false });
  const estimate = await storedRows(stage.pool, place, table, 10);
  assert.equal(estimate.isEstimate, true);
  assert.ok(estimate.rows > 10 && estimate.rows <= 30, String(estimate.rows));
});

test('rows that are marked deleted are not among the rows that are held', async () => {
  const table = stage.company.has.bases[0]?.tables[0];
  const [record] = table?.records ?? [];
  assert.ok(table !== undefined && record !== undefined);
  stage.company.deleteRecord(table, record);
  assert.equal((await stage.run(['sync', 'base', '--quiet'])).code, 0);
  const streams = streamsIn(await status());
  assert.equal((await stage.rows('select from lark.base_records')).length, 20);
  assert.equal(streams['base.records']?.['rows'], 19);
});
