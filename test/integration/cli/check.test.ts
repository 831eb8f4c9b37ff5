import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { objectsOf } from '../../../src/json.ts';
import { printed } from './json.ts';
import { configuration, startStage } from './stage.ts';

const stage = await startStage();
after(() => stage.close());

test('a check of what is in order names every module and writes nothing', async () => {
  const yaml = configuration(stage.company, stage.tenant.url);
  await stage.configure(yaml.replace('warehouse:', 'warehouse:\n  schema: elsewhere'));
  const { code, stdout, stderr } = await stage.run(['check']);
  assert.equal(code, 0, stdout + stderr);
  for (const line of [/ok +configuration/, /ok +warehouse/, /ok +acme: credentials/]) {
    assert.match(stdout, line);
  }
  for (const part of ['contact range', 'approval code', 'Base ', 'attendance.user_flows.query']) {
    assert.match(stdout, new RegExp(`^ok +acme: ${part}`, 'm'));
  }
  assert.match(stdout, /^warning +warehouse migrations\n +pending: 001_control/m);
  const schemas = await stage.rows("select from pg_namespace where nspname = 'elsewhere'");
  assert.equal(schemas.length, 0);
  await stage.configure(yaml);
});

test('a missing scope fails its check with the scopes that would do', async () => {
  const { scopes } = stage.tenant.app;
  scopes.delete('attendance:task:readonly');
  const { code, stdout } = await stage.run(['check', '--json']);
  scopes.add('attendance:task:readonly');
  assert.equal(code, 1);
  const report = printed(stdout);
  assert.equal(report['status'], 'failed');
  const failed = objectsOf(report['checks']).filter(({ status }) => status === 'failed');
  assert.deepEqual(
    failed.map(({ check, scopes: lacking }) => [check, lacking]),
    [['attendance.user_flows.query', ['attendance:task:readonly']]],
  );
});

test('an optional permission that is missing is a warning that says what it costs', async () => {
  const { scopes } = stage.tenant.app;
  scopes.delete('approval:approval.list:readonly');
  const { code, stdout } = await stage.run(['check']);
  scopes.add('approval:approval.list:readonly');
  assert.equal(code, 0, stdout);
  assert.match(stdout, /^warning +acme: approval\.instances\.query\n +Without it /m);
});

test('a Base that is not shared with the app fails, and what depends on it is not tried', async () => {
  stage.tenant.app.base_collaborator = [];
  const { code, stdout } = await stage.run(['check']);
  stage.tenant.app.base_collaborator = 'all';
  assert.equal(code, 1);
  assert.match(stdout, /^FAILED +acme: Base \w+\n +.*share the Base with the app/m);
  assert.doesNotMatch(stdout, /tables of Base/);
});

test('a wrong secret fails the credentials, and nothing behind them is tried', async () => {
  const { code, stdout } = await stage.run(['check'], { LARK_APP_SECRET: 'not-the-right-one' });
  assert.equal(code, 1);
  assert.match(stdout, /^FAILED +acme: credentials\n/m);
  assert.doesNotMatch(stdout, /contact range/);
});

test('a limited contact range is told', async () => {
  const [department] = stage.company.has.departments;
  const { app } = stage.tenant;
  app.contact_range = { departments: [department?.open_department_id ?? ''], users: [] };
  const { code, stdout } = await stage.run(['check']);
  app.contact_range = 'all';
  assert.equal(code, 0, stdout);
  assert.match(stdout, /^ok +acme: contact range \(1 department with all below\)/m);
});

test('each scope that hides fields has a line, and all that are missing one page that adds them', async () => {
  const { scopes } = stage.tenant.app;
  const gone = ['contact:department.organize:readonly', 'contact:user.base:readonly'];
  const unwanted = 'contact:user.phone:readonly';
  for (const scope of [...gone, unwanted]) scopes.delete(scope);
  const { code, stdout } = await stage.run(['check']);
  for (const scope of [...gone, unwanted]) scopes.add(scope);
  assert.equal(code, 0, stdout);
  for (const scope of gone) assert.match(stdout, new RegExp(`^warning +acme: ${scope}\\n`, 'm'));
  assert.match(stdout, /^ok +acme: contact:user\.phone:readonly \(not seen, .*mobile is empty/m);
  assert.match(stdout, /^ok +acme: contact:user\.employee_id:readonly \(user_id is visible\)/m);
  const page = 'https://open.larksuite.com/app/cli_demo5e0f1a2b3c4d/auth?q=';
  assert.ok(
    stdout.includes(`\nAdd them at ${page}${gone.join(',')}\nand publish a version`),
    stdout,
  );
});

test('an app of Feishu is sent to the console of Feishu', async () => {
  const yaml = configuration(stage.company, stage.tenant.url);
  await stage.configure(yaml.replace('platform: lark', 'platform: feishu'));
  stage.tenant.app.scopes.delete('approval:approval:readonly');
  const { code, stdout } = await stage.run(['check']);
  stage.tenant.app.scopes.add('approval:approval:readonly');
  await stage.configure(yaml);
  assert.equal(code, 1);
  // One refusal, however many codes there are.
  assert.equal(stdout.match(/^FAILED/gm)?.length, 1, stdout);
  const page = 'https://open.feishu.cn/app/cli_demo5e0f1a2b3c4d/auth?q=approval:approval:readonly';
  assert.ok(stdout.includes(page), stdout);
});
