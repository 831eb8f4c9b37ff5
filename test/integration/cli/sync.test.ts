import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { printed, streamsIn } from './json.ts';
import { startStage } from './stage.ts';

const stage = await startStage();
after(() => stage.close());

const members = [
  'stream',
  'status',
  'records',
  'inserted',
  'updated',
  'unchanged',
  'deleted',
  'rejected',
  'requests',
  'throttled',
  'retries',
  'seconds',
  'error',
  'warnings',
];

test('a dry run counts what it reads and writes nothing', async () => {
  const { code, stdout } = await stage.run(['sync', '--dry-run', '--json']);
  assert.equal(code, 0);
  const report = printed(stdout);
  assert.equal(report['run_id'], null);
  assert.equal(streamsIn(report)['base.records']?.['records'], 20);
  assert.equal(streamsIn(report)['attendance.flows']?.['records'], 3);
  const [{ runs, records, cursors } = {}] = await stage.rows(
    `select (select count(*)::integer from lark.sync_runs) as runs,
      (select count(*)::integer from lark.base_records) as records,
      (select count(*)::integer from lark.sync_cursors) as cursors`,
  );
  assert.deepEqual({ runs, records, cursors }, { runs: 0, records: 0, cursors: 0 });
});

test('a sync loads every module, and its report has the members of the contract', async () => {
  const { code, stdout, stderr } = await stage.run(['sync', '--json']);
  assert.equal(code, 0, stderr);
  const report = printed(stdout);
  assert.deepEqual(Object.keys(report), ['run_id', 'status', 'seconds', 'sources']);
  assert.equal(report['status'], 'complete');
  const streams = streamsIn(report);
  for (const stream of Object.values(streams)) assert.deepEqual(Object.keys(stream), members);
  assert.equal(streams['base.records']?.['inserted'], 20);
  assert.equal(streams['approval.instances']?.['records'], 5);
  assert.equal(streams['attendance.flows']?.['inserted'], 3);
  const [counts] = await stage.rows(
    `select (select count(*)::integer from lark.base_records) as records,
      (select count(*)::integer from lark.approval_instances) as instances,
      (select count(*)::integer from lark.contact_users) as users`,
  );
  assert.deepEqual(counts, { records: 20, instances: 5, users: 3 });
});

test('what a run did is in the control tables, with the calls it made', async () => {
  const [run] = await stage.rows('select status, command, finished_at from lark.sync_runs');
  assert.equal(run?.['status'], 'complete');
  assert.equal(run?.['command'], 'sync');
  assert.notEqual(run?.['finished_at'], null);
  const [stream] = await stage.rows(
    "select records::integer, rows_inserted::integer from lark.sync_stream_runs where stream = 'base.records'",
  );
  assert.deepEqual(stream, { records: 20, rows_inserted: 20 });
  const [usage] = await stage.rows(
    "select sum(requests)::integer as calls from lark.api_usage where endpoint = 'approval.instances.get'",
  );
  assert.deepEqual(usage, { calls: 5 });
});

test('a second sync changes nothing and says so', async () => {
  const { code, stdout } = await stage.run(['sync']);
  assert.equal(code, 0);
  assert.match(stdout, /^Nothing changed since the last run\. \(run 2, complete, \d+ calls, /m);
  assert.match(stdout, /^base\.records +complete +\d+ +0 +0 /m);
});

test('where there is no terminal, stderr is JSON lines and --quiet leaves both streams empty', async () => {
  const loud = await stage.run(['sync', 'contact']);
  const events = loud.stderr
    .trim()
    .split('\n')
    .map((line) => String(JSON.parse(line).event));
  assert.ok(events.includes('run started') && events.includes('run finished'));
  assert.equal(events.filter((event) => event === 'stream finished').length, 2);
  const { code, stdout, stderr } = await stage.run(['sync', '--quiet']);
  assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: '', stderr: '' });
});

test('a named stream takes with it what it needs, and nothing else', async () => {
  const { code, stdout } = await stage.run(['sync', 'base.records', '--json']);
  assert.equal(code, 0);
  assert.deepEqual(Object.keys(streamsIn(printed(stdout))), ['base.tables', 'base.records']);
});

test('changes are told in one sentence', async () => {
  const [table] = stage.company.has.bases[0]?.tables ?? [];
  const [edited, deleted] = table?.records ?? [];
  assert.ok(table !== undefined && edited !== undefined && deleted !== undefined);
  const now = Date.now();
  stage.company.addRecord(table, now);
  stage.company.editRecord(table, edited, { 'No such field': 1 }, now);
  stage.company.deleteRecord(table, deleted);
  const { stdout } = await stage.run(['sync', 'base.records']);
  assert.match(stdout, /^1 row is new, \d+ changed, 1 was marked deleted or removed\./m);
});

test('--full reads again what has not changed', async () => {
  const incremental = printed((await stage.run(['sync', 'base.records', '--json'])).stdout);
  const full = printed((await stage.run(['sync', 'base.records', '--json', '--full'])).stdout);
  assert.equal(streamsIn(incremental)['base.records']?.['records'], 0);
  assert.equal(streamsIn(full)['base.records']?.['records'], 20);
});
