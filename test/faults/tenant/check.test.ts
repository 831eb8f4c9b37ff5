// Mistakes of configuration, permissions and grants: all of them told at once, before anything is written.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { startScene, type Trial } from '../scene.ts';

const scene = await startScene();
after(() => scene.close());
const { tenant } = scene;

/** What a write would change, whoever made it: the transactions of the database that had one. */
async function lastRun(trial: Trial): Promise<unknown> {
  return trial.rows('select max(run_id), max(committed_at) from lark.sync_runs, lark.sync_cursors');
}

const mistakes = [
  [/ {4}base_url: .*/, '    base_url: http://lark.example.com', /base_url: must begin with https/],
  ['platform: lark', 'platform: larc', /platform: .*lark/],
  ['${LARK_APP_SECRET}', '${NO_SUCH_VARIABLE}', /app_secret: .*NO_SUCH_VARIABLE/],
  ['lookback_days: 1', 'lookback_days: 0', /approval\.lookback_days: /],
  ['attendance: {', 'attendances: {', /attendances: .*\(did you mean attendance\?\)/],
] as const;

for (const command of ['check', 'sync', 'plan'] as const) {
  test(`fault 32: ${command} tells all mistakes of a configuration at once, and does nothing else`, async () => {
    const trial = await scene.trial();
    const before = await lastRun(trial);
    await trial.configure((yaml) =>
      mistakes.reduce((text, [right, wrong]) => text.replace(right, () => wrong), yaml),
    );
    const { code, stdout, stderr } = await trial.run([command]);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /the configuration has 5 problems/);
    for (const [, , said] of mistakes) assert.match(stderr, said);
    assert.equal(tenant.requests.total, 0);
    assert.equal(trial.wire.passed, 0);
    assert.deepEqual(await lastRun(trial), before);
    await trial.configure((yaml) => yaml);
    await trial.prove();
  });
}

test('fault 32: check tells what every module lacks in one go, and writes nothing', async () => {
  const trial = await scene.trial();
  const before = await lastRun(trial);
  const { app } = tenant;
  app.base_collaborator = [];
  app.scopes = new Set([...app.scopes].filter((scope) => !/^(approval|attendance)/.test(scope)));
  app.contact_range = { departments: ['od-unknown'], users: [] };
  await trial.configure((yaml) =>
    yaml.replace('contact: {}', 'contact: { department_ids: [od-x] }'),
  );
  const { code, stdout } = await trial.run(['check']);
  assert.equal(code, 1);
  const failed = [...stdout.matchAll(/^FAILED +acme: (\S+)/gm)].map(([, what]) => what);
  for (const what of ['approval', 'Base', 'people'])
    assert.ok(
      failed.some((name) => name?.startsWith(what)),
      `${what}\n${stdout}`,
    );
  for (const said of [
    /approval:approval:readonly/,
    /share the Base with the app/,
    /department_ids|contact range/,
  ]) {
    assert.match(stdout, said);
  }
  assert.match(stdout, /^\d+ checks, \d+ failed: see above what to do/m);
  assert.deepEqual(await lastRun(trial), before);
  await trial.configure((yaml) => yaml);
  await trial.prove();
});

test('fault 32: check tells what a role of the warehouse may not do, with the statement that grants it', async () => {
  const trial = await scene.trial();
  const before = await lastRun(trial);
  const role = `lacking_${randomBytes(4).toString('hex')}`;
  await trial.rows(`create role ${role} login password 'some-password'`);
  const url = new URL(trial.url);
  url.username = role;
  url.password = 'some-password';
  const { code, stdout, stderr } = await trial.run(['check'], { env: { DATABASE_URL: url.href } });
  await trial.rows(`drop role ${role}`);
  assert.equal(code, 1, stderr);
  assert.match(stdout, /^FAILED +warehouse rights/m);
  assert.match(stdout, new RegExp(`grant usage.* on schema "?lark"? to "?${role}"?`));
  assert.match(stdout, /^ok +acme: credentials/m);
  assert.deepEqual(await lastRun(trial), before);
  await trial.prove();
});
