import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startTenant } from '../../../src/demo/server.ts';
import { objectsOf } from '../../../src/json.ts';
import { printed, streamsIn } from './json.ts';
import { startStage } from './stage.ts';

// The demo company on a certain working day and the one after it.
let shiftMs = Date.parse('2026-03-04T03:00:00Z') - Date.now();
const demo = await startTenant({ limits: 'off', now: () => Date.now() + shiftMs });
const stage = await startStage();
after(() => stage.close());

const derived = [
  'approval_instances',
  'approval_fields',
  'approval_tasks',
  'approval_timeline',
  'approval_comments',
  'contact_users',
];

/** All columns and the version of every row that a replay rebuilds. */
async function everything(): Promise<Record<string, readonly object[]>> {
  const found: Record<string, readonly object[]> = {};
  for (const table of derived) {
    found[table] = await stage.rows(`select xmin::text, t.* from lark.${table} t order by t.*`);
  }
  return found;
}

/** What analysts see of it: without what tells when and by whom it was written. */
async function values(): Promise<Record<string, readonly object[]>> {
  const found: Record<string, readonly object[]> = {};
  for (const table of derived) {
    found[table] = await stage.rows(
      `select to_jsonb(t) - 'run_id' - 'synced_at' as row from lark.${table} t order by 1`,
    );
  }
  return found;
}

const demoAt = (url: string) => ({ LARKHOUSE_CONFIG: '', LARKHOUSE_DEMO_URL: url });
const sync = () => stage.run(['sync', '--quiet'], demoAt(demo.url));
assert.equal((await sync()).code, 0);
shiftMs += 26 * 3_600_000;
const synced = await sync();
// Nothing listens there any more when it is replayed.
await demo.close();
const replay = () => stage.run(['replay', '--json'], demoAt(demo.url));

test('a replay of what is in order touches no row, and needs no tenant', async () => {
  assert.equal(synced.code, 0, synced.stderr);
  const before = await everything();
  for (const table of derived) assert.ok((before[table] ?? []).length > 5, `${table} has rows`);
  const { code, stdout, stderr } = await replay();
  assert.equal(code, 0, stderr);
  const streams = streamsIn(printed(stdout), 'demo');
  assert.deepEqual(Object.keys(streams), ['contact.users', 'approval.instances']);
  for (const stream of Object.values(streams)) {
    const { requests, inserted, updated, deleted, warnings } = stream;
    assert.deepEqual(
      { requests, inserted, updated, deleted, warnings },
      { requests: 0, inserted: 0, updated: 0, deleted: 0, warnings: [] },
    );
    assert.ok(Number(stream['unchanged']) > 5);
  }
  assert.deepEqual(await everything(), before);
});

const damages: readonly (readonly [what: string, sql: string, rows: number])[] = [
  [
    'a changed status',
    "update lark.approval_tasks set status = 'LOST' where task_id = (select min(task_id) from lark.approval_tasks)",
    1,
  ],
  [
    'a changed form value',
    `update lark.approval_fields set value = '"lost"', value_text = null where position = 0 and instance_code = (select min(instance_code) from lark.approval_fields)`,
    1,
  ],
  [
    'changed files',
    `update lark.approval_comments set files = '[{"lost": 1}]', comment = null where comment_id = (select min(comment_id) from lark.approval_comments)`,
    1,
  ],
  [
    'a deleted event',
    'delete from lark.approval_timeline where position = 0 and instance_code = (select min(instance_code) from lark.approval_timeline)',
    1,
  ],
  [
    'an event too many',
    "insert into lark.approval_timeline (source, instance_code, position, run_id, synced_at, row_hash) select source, instance_code, 999, 1, now(), '' from lark.approval_timeline limit 1",
    1,
  ],
  [
    'a deleted instance',
    'delete from lark.approval_instances where instance_code = (select min(instance_code) from lark.approval_instances)',
    1,
  ],
  [
    'renamed people',
    "update lark.contact_users set name = 'lost' where open_id in (select open_id from lark.contact_users where deleted_at is null order by 1 limit 3)",
    3,
  ],
];

for (const [what, sql, rows] of damages) {
  test(`${what} is repaired, and no other row is touched`, async () => {
    const [right, before] = [await values(), await everything()];
    await stage.rows(sql);
    assert.notDeepEqual(await values(), right);
    assert.equal((await replay()).code, 0);
    assert.deepEqual(await values(), right);
    const versions = new Set(
      Object.values(before)
        .flat()
        .map((row) => JSON.stringify(row)),
    );
    const touched = Object.values(await everything())
      .flat()
      .filter((row) => !versions.has(JSON.stringify(row)));
    assert.ok(touched.length <= rows, `${touched.length} rows were written`);
  });
}

test('a replay is a run of its own in the control tables', async () => {
  const runs = await stage.rows(
    "select distinct command, status from lark.sync_runs where command <> 'sync'",
  );
  assert.deepEqual(runs, [{ command: 'replay', status: 'complete' }]);
});

test('a replay makes no stream fresher', async () => {
  const [last] = await stage.rows<{ at: Date }>(
    "select max(started_at) as at from lark.sync_runs where command = 'sync'",
  );
  const { stdout } = await stage.run(['status', '--json'], demoAt(demo.url));
  const users = streamsIn(printed(stdout), 'demo')['contact.users'];
  assert.equal(users?.['fresh_at'], last?.at.toISOString());
  assert.equal(objectsOf(users?.['cursors']).length, 1);
});

test('a replay leaves the cursors of syncs as they are', async () => {
  const [{ n } = { n: 0 }] = await stage.rows<{ n: number }>(
    "select count(*)::integer as n from lark.sync_cursors where stream = 'approval.instances' and partition <> 'replay' and cursor ? 'to'",
  );
  assert.equal(n, 3);
});
