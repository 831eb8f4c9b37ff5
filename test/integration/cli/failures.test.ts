import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { meanwhile } from '../../../src/demo/fault-answers.ts';
import { openLease, sourceLock } from '../../../src/load/lease.ts';
import { printed, streamsIn } from './json.ts';
import { configuration, sourceYaml, startStage } from './stage.ts';

const stage = await startStage();
after(() => stage.close());

const allScopes = [...stage.tenant.app.scopes];
const { app_secret: secret } = stage.tenant.app;

afterEach(async () => {
  stage.tenant.faults.clear();
  stage.tenant.app.scopes = new Set(allScopes);
  stage.tenant.app.app_secret = secret;
  await stage.configure(configuration(stage.company, stage.tenant.url));
});

test('a source that another run holds is skipped with exit code 0, and no run is recorded', async () => {
  const lease = await openLease(stage.pool);
  assert.ok(await lease.take(sourceLock('lark', 'acme')));
  try {
    const { code, stdout } = await stage.run(['sync', '--json']);
    assert.equal(code, 0);
    const report = printed(stdout);
    assert.deepEqual([report['run_id'], report['status']], [null, 'skipped']);
    assert.deepEqual(streamsIn(report)['base.records']?.['warnings'], [
      'another run holds source acme',
    ]);
    assert.equal((await stage.rows('select from lark.sync_runs')).length, 0);
    const people = await stage.run(['sync']);
    assert.match(people.stdout, /^skipped: acme: another run holds it/m);
  } finally {
    await lease.release();
  }
});

test('SIGTERM ends a run with 130 after what was read is committed, and its row says interrupted', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const hold = meanwhile(() => {
    ask();
    return released;
  });
  stage.tenant.faults.next('base.records.search', hold);
  const { process: child, ended } = stage.start(['sync', '--json']);
  await asked;
  child.kill('SIGTERM');
  const { code, stdout } = await ended;
  release();
  assert.equal(code, 130);
  const report = printed(stdout);
  assert.equal(report['status'], 'interrupted');
  assert.equal(streamsIn(report)['base.records']?.['status'], 'interrupted');
  assert.equal(streamsIn(report)['base.tables']?.['status'], 'complete');
  const [run] = await stage.rows(
    'select status, finished_at is not null as ended from lark.sync_runs order by run_id desc limit 1',
  );
  assert.deepEqual(run, { status: 'interrupted', ended: true });
  assert.equal((await stage.rows('select from lark.base_tables')).length, 1);
});

test('the run after an interrupted one completes it', async () => {
  const { code } = await stage.run(['sync', '--json']);
  assert.equal(code, 0);
  assert.equal((await stage.rows('select from lark.base_records')).length, 20);
});

test('a wrong secret fails the source, and says where to look', async () => {
  const { code, stdout } = await stage.run(['sync', '--json'], {
    LARK_APP_SECRET: 'not-the-right-one',
  });
  assert.equal(code, 1);
  const report = printed(stdout);
  assert.equal(report['status'], 'incomplete');
  for (const { status } of Object.values(streamsIn(report))) assert.equal(status, 'incomplete');
  assert.match(stdout, /check app_id and app_secret of source acme/);
});

test('a missing scope fails its stream alone, and names the scope', async () => {
  stage.tenant.app.scopes.delete('attendance:task:readonly');
  const { code, stdout } = await stage.run(['sync']);
  assert.equal(code, 1);
  assert.match(stdout, /^attendance\.flows +incomplete/m);
  assert.match(stdout, /^base\.records +complete/m);
  assert.match(stdout, /^error: acme attendance\.flows: .*attendance:task:readonly/m);
});

test('--max-requests ends the run cleanly, and a later run completes it', async () => {
  const first = await stage.run(['sync', '--full', '--max-requests', '4', '--json']);
  assert.equal(first.code, 1);
  const report = printed(first.stdout);
  const requests = Object.values(streamsIn(report)).map((stream) => Number(stream['requests']));
  assert.equal(
    requests.reduce((sum, one) => sum + one, 0),
    4,
  );
  assert.match(first.stdout, /has made the 4 requests that --max-requests allows/);
  assert.equal((await stage.run(['sync'])).code, 0);
});

test('the calls of earlier runs of the month count against the quota', async () => {
  const yaml = configuration(stage.company, stage.tenant.url);
  await stage.configure(
    yaml.replace('    modules:', '    quota: { monthly_calls: 1 }\n    modules:'),
  );
  const { code, stdout } = await stage.run(['sync', '--json']);
  assert.equal(code, 1);
  assert.match(stdout, /calls were made this month, and quota\.monthly_calls of source acme is 1/);
});

test('a source that fails does not keep another from completing', async () => {
  const { company, tenant } = stage;
  const broken = sourceYaml(company, tenant.url, 'broken').replace(
    /app_secret: .*\}"/,
    'app_secret: wrong',
  );
  await stage.configure(`${configuration(company, tenant.url)}${broken}`);
  const both = await stage.run(['sync', 'contact', '--json']);
  assert.equal(both.code, 1);
  assert.equal(streamsIn(printed(both.stdout))['contact.users']?.['status'], 'complete');
  assert.equal(
    streamsIn(printed(both.stdout), 'broken')['contact.users']?.['status'],
    'incomplete',
  );
  const one = await stage.run(['sync', 'contact', '--source', 'acme', '--json']);
  assert.equal(one.code, 0);
});

test('a warehouse that cannot be reached fails every stream, with a report and exit code 1', async () => {
  const { code, stdout, stderr } = await stage.run(['sync', '--json'], {
    DATABASE_URL: 'postgres://nobody:some-password@127.0.0.1:1/none',
  });
  assert.equal(code, 1);
  assert.match(stderr, /^larkhouse: the warehouse at 127\.0\.0\.1:1 cannot be reached/m);
  const report = printed(stdout);
  assert.deepEqual([report['run_id'], report['status']], [null, 'incomplete']);
  assert.equal(streamsIn(report)['base.records']?.['status'], 'incomplete');
});
