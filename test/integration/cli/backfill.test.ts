import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { printed, streamsIn } from './json.ts';
import { startStage } from './stage.ts';

const dayMs = 86_400_000;
const stage = await startStage();
after(() => stage.close());

const { company } = stage;
const [definition] = company.has.definitions;
const [somebody] = company.has.users;
assert.ok(definition !== undefined && somebody !== undefined);
const longAgo = Date.now() - 5 * dayMs;
company.addInstance(definition, longAgo);
company.addPunch(somebody, longAgo);
company.addPunch(somebody, longAgo + 60_000);

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const span = ['--from', day(longAgo), '--to', day(longAgo)];

async function cursors(): Promise<readonly object[]> {
  return stage.rows(
    "select stream, partition, cursor from lark.sync_cursors where stream like 'a%' order by 1, 2",
  );
}

async function known(): Promise<object | undefined> {
  const [counts] = await stage.rows(
    `select (select count(*)::integer from lark.approval_instances) as instances,
      (select count(*)::integer from lark.attendance_flows where deleted_at is null) as punches`,
  );
  return counts;
}

test('what lies before the start of a sync is loaded by a backfill, and cursors stay where they are', async () => {
  assert.equal((await stage.run(['sync', '--quiet'])).code, 0);
  assert.deepEqual(await known(), { instances: 5, punches: 3 });
  const before = await cursors();
  assert.ok(before.length > 0);
  const { code, stdout, stderr } = await stage.run(['backfill', 'approval', ...span, '--json']);
  assert.equal(code, 0, stderr);
  const report = printed(stdout);
  assert.deepEqual(Object.keys(streamsIn(report)), ['approval.instances']);
  assert.equal(streamsIn(report)['approval.instances']?.['records'], 1);
  assert.equal((await stage.run(['backfill', 'attendance.flows', ...span])).code, 0);
  assert.deepEqual(await known(), { instances: 6, punches: 5 });
  assert.deepEqual(await cursors(), before);
});

test('a backfill is a run of its own in the control tables', async () => {
  const runs = await stage.rows('select command, status from lark.sync_runs order by run_id');
  assert.deepEqual(runs, [
    { command: 'sync', status: 'complete' },
    { command: 'backfill', status: 'complete' },
    { command: 'backfill', status: 'complete' },
  ]);
});

test('a sync after a backfill goes on where the sync before it ended', async () => {
  const { stdout } = await stage.run(['sync', 'approval', 'attendance', '--json']);
  assert.equal(streamsIn(printed(stdout))['approval.instances']?.['inserted'], 0);
  assert.deepEqual(await known(), { instances: 6, punches: 5 });
});

test('a punch that is gone from the span is marked deleted', async () => {
  company.has.punches.splice(-1);
  const { code } = await stage.run(['backfill', 'attendance', ...span]);
  assert.equal(code, 0);
  assert.deepEqual(await known(), { instances: 6, punches: 4 });
});

test('a backfill asks for nothing beyond the present of the tenant', async () => {
  stage.tenant.requests.clear();
  const { code } = await stage.run([
    'backfill',
    'approval',
    ...['--from', new Date(longAgo).toISOString(), '--to', '2999-12-31'],
  ]);
  assert.equal(code, 0);
  const ends = stage.tenant.requests.entries
    .filter(({ endpoint }) => endpoint === 'approval.instances.list')
    .map(({ url }) => Number(new URL(url, stage.tenant.url).searchParams.get('end_time')));
  assert.ok(ends.length > 10);
  assert.ok(Math.max(...ends) <= Date.now() && Math.max(...ends) > Date.now() - 60_000);
});

test('before the first sync a backfill loads its span alone, and a sync begins from its start', async () => {
  await stage.rows("delete from lark.sync_cursors where stream = 'approval.instances'");
  await stage.rows('delete from lark.approval_follows');
  await stage.rows('delete from lark.approval_instances');
  assert.equal((await stage.run(['backfill', 'approval', ...span])).code, 0);
  assert.deepEqual(await known(), { instances: 1, punches: 4 });
  assert.equal((await stage.run(['sync', 'approval'])).code, 0);
  assert.deepEqual(await known(), { instances: 6, punches: 4 });
});

test('--max-requests ends a backfill cleanly', async () => {
  const { code, stdout } = await stage.run([
    'backfill',
    'approval',
    ...span,
    '--max-requests',
    '1',
    '--json',
  ]);
  assert.equal(code, 1);
  assert.equal(streamsIn(printed(stdout))['approval.instances']?.['requests'], 1);
});

const refused: readonly (readonly [args: readonly string[], message: RegExp])[] = [
  [['base.records', ...span], /base\.records always reads whole.*sync base\.records --full/],
  [['contact', ...span], /every stream of contact always reads whole/],
  [['approvals', ...span], /no stream approvals.*did you mean approval\?/],
  [['approval', '--from', '2026-02-30', '--to', '2026-03-01'], /--from must be a day/],
  [['approval', '--from', '2026-03-02', '--to', '2026-02-01'], /is not before --to/],
];

for (const [args, message] of refused) {
  test(`"larkhouse backfill ${args[0]} ${args[2]}" is refused with exit code 2`, async () => {
    const { code, stdout, stderr } = await stage.run(['backfill', ...args]);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, message);
  });
}
