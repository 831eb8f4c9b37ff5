import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { withheld } from '../../../src/transform/make.ts';
import { printed, streamsIn } from './json.ts';
import { startStage } from './stage.ts';

const stage = await startStage();
after(() => stage.close());

const { company } = stage;
const [base] = company.has.bases;
const [table] = base?.tables ?? [];
const [definition] = company.has.definitions;
assert.ok(table !== undefined && definition !== undefined);

interface Rejection {
  readonly record_key: string;
  readonly reason: string;
  readonly payload: string;
  readonly partition: string;
  readonly isResolved: boolean;
}

function rejections(stream: string): Promise<Rejection[]> {
  return stage.rows<Rejection>(
    `select record_key, reason, payload, partition, resolved_at is not null as "isResolved"
from lark.rejected_records where stream = '${stream}' order by id`,
  );
}

interface Retried {
  readonly code: number | null;
  readonly streams: ReturnType<typeof streamsIn>;
}

async function retry(...args: readonly string[]): Promise<Retried> {
  stage.tenant.requests.clear();
  const { code, stdout } = await stage.run(['sync', '--retry-rejected', '--json', ...args]);
  assert.equal(stage.tenant.requests.total, 0, 'the tenant was asked');
  return { code, streams: streamsIn(printed(stdout)) };
}

function cursors(): Promise<object[]> {
  return stage.rows('select stream, partition, cursor from lark.sync_cursors order by 1, 2');
}

function refuse(name: string, expression: string): Promise<object[]> {
  return stage.rows(`alter table lark.${name} add constraint sane check (${expression}) not valid`);
}

function accept(name: string): Promise<object[]> {
  return stage.rows(`alter table lark.${name} drop constraint if exists sane`);
}

async function numberOf(key: string): Promise<unknown> {
  const [row] = await stage.rows<{ number: unknown }>(
    `select fields->'数量' as number from lark.base_records where record_id = '${key}'`,
  );
  return row?.number;
}

const sync = (module: string) => stage.run(['sync', module, '--json']);

assert.equal((await stage.run(['sync', 'base', 'approval'])).code, 0);
beforeEach(() => stage.rows('delete from lark.rejected_records'));

test('a record that Postgres still refuses stays rejected, in its partition, and the exit code is 1', async () => {
  const record = company.addRecord(table, Date.now());
  await refuse('base_records', `record_id <> '${record.record_id}'`);
  assert.equal((await sync('base')).code, 1);
  const { code, streams } = await retry();
  assert.equal(code, 1);
  assert.equal(streams['base.records']?.['status'], 'incomplete');
  assert.equal(streams['base.records']?.['rejected'], 1);
  const [open, ...others] = await rejections('base.records');
  assert.deepEqual([open?.isResolved, others.length], [false, 0]);
  assert.match(open?.partition ?? '', new RegExp(`/${table.table_id}$`));
  await accept('base_records');
});

test('a record that Postgres refused is loaded once the cause is gone, and its rejection is resolved', async () => {
  const record = company.addRecord(table, Date.now());
  await refuse('base_records', `record_id <> '${record.record_id}'`);
  assert.equal((await sync('base')).code, 1);
  await accept('base_records');
  const before = await cursors();
  const { code, streams } = await retry();
  assert.equal(code, 0);
  const { records, inserted, rejected, requests } = streams['base.records'] ?? {};
  assert.deepEqual([records, inserted, rejected, requests], [1, 1, 0, 0]);
  assert.equal(await numberOf(record.record_id), record.fields['数量']);
  assert.equal((await rejections('base.records'))[0]?.isResolved, true);
  assert.deepEqual(await cursors(), before);

  // Its rows are those of an ordinary reading, which then finds nothing to do.
  const again = printed((await stage.run(['sync', 'base', '--full', '--json'])).stdout);
  assert.equal(streamsIn(again)['base.records']?.['updated'], 0);
});

test('a record with rows in many tables is loaded whole, and followed by the next syncs', async () => {
  const instance = company.addInstance(definition, Date.now() - 3_000_000);
  company.comment(instance, 'no', Date.now());
  await refuse('approval_comments', "comment <> 'no'");
  assert.equal((await sync('approval')).code, 1);
  await accept('approval_comments');
  assert.equal((await retry()).code, 0);
  const { instance_code: code } = instance;
  const [found] = await stage.rows(
    ['instances', 'instance_payloads', 'fields', 'tasks', 'timeline', 'comments', 'follows']
      .map(
        (name) =>
          `(select count(*)::integer from lark.approval_${name} where instance_code = '${code}')`,
      )
      .reduce(
        (list, one, place) => `${list}${place === 0 ? '' : ', '}${one} as n${place}`,
        'select ',
      ),
  );
  assert.deepEqual(Object.values(found ?? {}), [1, 1, 1, 1, 1, 1, 1]);
  company.advance(instance, 'approve', Date.now());
  assert.equal((await sync('approval')).code, 0);
  const [row] = await stage.rows(
    `select status from lark.approval_instances where instance_code = '${code}'`,
  );
  assert.deepEqual(row, { status: 'APPROVED' });
});

test('a record without a key stays rejected until its payload gives one', async () => {
  const record = company.addRecord(table, Date.now());
  const { record_id: id } = record;
  Object.assign(record, { record_id: undefined });
  assert.equal((await sync('base')).code, 1);
  table.records.splice(table.records.indexOf(record), 1);
  assert.equal((await retry()).code, 1);
  const [open, ...others] = await rejections('base.records');
  assert.deepEqual([open?.isResolved, open?.record_key, others.length], [false, '', 0]);
  await stage.rows(
    `update lark.rejected_records set payload = '{"record_id":"${id}",' || substr(payload, 2)`,
  );
  assert.equal((await retry()).code, 0);
  assert.equal(await numberOf(id), record.fields['数量']);
  assert.deepEqual(
    (await rejections('base.records')).map(({ isResolved }) => isResolved),
    [true],
  );
  await stage.rows(`delete from lark.base_records where record_id = '${id}'`);
});

const kept = [
  ['{"secret', 1, 'error', /the payload of rejection \d+ is no JSON object.*correct it/],
  [withheld, 0, 'warnings', /1 are kept without their payload, for privacy/],
] as const;

for (const [payload, expected, member, said] of kept) {
  test(`the payload ${payload} cannot be tried: it stays, and that is told`, async () => {
    await stage.rows(
      `insert into lark.rejected_records (source, stream, partition, record_key, payload, reason)
values ('acme', 'base.records', 'p', 'k', '${payload}', 'odd')`,
    );
    const { code, streams } = await retry('base.records');
    assert.equal(code, expected);
    assert.match(String(streams['base.records']?.[member]), said);
    assert.equal((await rejections('base.records'))[0]?.isResolved, false);
  });
}

test('what was loaded in a newer version since its rejection stays, and the rejection is resolved', async () => {
  const record = company.addRecord(table, Date.now());
  assert.equal((await sync('base')).code, 0);
  const { record_id: id } = record;
  await stage.rows(
    `insert into lark.rejected_records (source, stream, partition, record_key, payload, reason, rejected_at)
select source, 'base.records', app_token || '/' || table_id, record_id,
  jsonb_build_object('app_token', app_token, 'table_id', table_id, 'record_id', record_id, 'fields', '{"数量": -1}'::jsonb)::text,
  'old', synced_at - interval '1 minute'
from lark.base_records where record_id = '${id}'`,
  );
  const { code, streams } = await retry();
  assert.equal(code, 0);
  assert.match(
    String(streams['base.records']?.['warnings']),
    /1 were loaded in a newer version since/,
  );
  assert.equal(await numberOf(id), record.fields['数量']);
  assert.equal((await rejections('base.records'))[0]?.isResolved, true);
});

test('what was loaded in an older version before its rejection is replaced', async () => {
  const record = company.addRecord(table, Date.now());
  assert.equal((await sync('base')).code, 0);
  const { record_id: id } = record;
  await refuse('base_records', "fields->>'数量' <> '777'");
  company.editRecord(table, record, { 数量: 777 }, Date.now());
  assert.equal((await sync('base')).code, 1);
  await accept('base_records');
  assert.equal((await retry()).code, 0);
  assert.equal(await numberOf(id), 777);
});

test('only the named streams are tried; nothing is marked deleted; a dry run changes nothing', async () => {
  const record = company.addRecord(table, Date.now());
  await refuse('base_records', `record_id <> '${record.record_id}'`);
  await sync('base');
  await accept('base_records');
  const [gone] = table.records;
  assert.ok(gone !== undefined);
  company.deleteRecord(table, gone);

  assert.deepEqual(Object.keys((await retry('contact.users')).streams), ['contact.users']);
  const rehearsed = await retry('base', '--dry-run');
  assert.equal(rehearsed.streams['base.records']?.['inserted'], 1);
  assert.equal((await rejections('base.records'))[0]?.isResolved, false);

  const { streams } = await retry('base.records');
  assert.deepEqual(Object.keys(streams), ['base.records']);
  assert.deepEqual(
    [streams['base.records']?.['inserted'], streams['base.records']?.['deleted']],
    [1, 0],
  );
});

test('a retry is a run of its own, and makes no stream fresher', async () => {
  const [last] = await stage.rows<{ at: Date }>(
    "select max(started_at) as at from lark.sync_runs where command = 'sync' and status = 'complete'",
  );
  const { stdout } = await stage.run(['sync', '--retry-rejected']);
  assert.match(stdout, /^No rejected record brought anything new\. \(run \d+, complete/m);
  const [run] = await stage.rows(
    'select command, status from lark.sync_runs order by run_id desc limit 1',
  );
  assert.deepEqual(run, { command: 'retry', status: 'complete' });
  const status = await stage.run(['status', '--json']);
  assert.equal(
    streamsIn(printed(status.stdout))['base.records']?.['fresh_at'],
    last?.at.toISOString(),
  );
});

for (const flags of [['--full'], ['--max-requests', '5']]) {
  test(`--retry-rejected does not go with ${flags[0]}`, async () => {
    const { code, stderr } = await stage.run(['sync', '--retry-rejected', ...flags]);
    assert.equal(code, 2);
    assert.match(stderr, /--retry-rejected asks Lark nothing/);
  });
}
