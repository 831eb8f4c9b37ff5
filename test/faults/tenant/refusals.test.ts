// The tenant refuses: by a code, whatever the status, or by no longer accepting the token or the app.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { expireTokens, refuse, revokeScope } from '../../../src/demo/fault-answers.ts';
import type { JsonObject } from '../../../src/json.ts';
import { streamsIn } from '../../integration/cli/json.ts';
import { startScene } from '../scene.ts';
import { hasty } from './hasty.ts';

const scene = await startScene();
after(() => scene.close());
const { tenant } = scene;
const { faults } = tenant;
const signIn = 'auth.tenant_access_token.internal';

/** The errors of the streams that are not complete, by name. */
function failures(report: JsonObject | undefined): Readonly<Record<string, string>> {
  assert.ok(report !== undefined);
  const failed = Object.entries(streamsIn(report)).filter(
    ([, { status }]) => status !== 'complete',
  );
  return Object.fromEntries(failed.map(([name, { error }]) => [name, String(error)]));
}

test('fault 12: a success of HTTP with a code that passes is asked for again', async () => {
  const trial = await scene.trial();
  const passing = new Map([
    ['approval.instances.list', 1395001],
    ['approval.instances.get', 2200],
    ['base.tables.list', 1254607],
    ['base.records.search', 1254290],
    ['attendance.user_flows.query', 1225000],
    ['contact.users.find_by_department', 99991400],
  ]);
  for (const [endpoint, code] of passing) faults.next(endpoint, refuse(200, code, 'later'), 2);
  const { report } = await trial.run(undefined, { env: hasty() });
  assert.deepEqual([failures(report), faults.pending], [{}, 0]);
  await trial.prove();
});

const lasting = [
  [
    'a code that nobody knows',
    'attendance.user_flows.query',
    refuse(200, 7_777_777, 'strange'),
    ['attendance.flows'],
    /strange \[.*attendance\.user_flows\.query, HTTP 200, log id \w+, Lark code 7777777\]/,
  ],
  [
    'a code for what is not there',
    'base.tables.list',
    refuse(200, 91402, 'NOTEXIST'),
    ['base.tables'],
    /knows no such thing.*91402.*Next: check the Base/,
  ],
  [
    'a code for what is not shared',
    'base.records.search',
    refuse(200, 91403, 'Forbidden'),
    ['base.records'],
    /91403.*Next: share the Base with the app/,
  ],
] as const;

for (const [what, endpoint, fault, streams, said] of lasting) {
  test(`fault 12: ${what} stops its stream at once and no other, and says where to look`, async () => {
    const trial = await scene.trial();
    faults.next(endpoint, fault, 1000);
    const { code, report } = await trial.run(undefined, { env: hasty() });
    assert.equal(code, 1);
    assert.deepEqual(Object.keys(failures(report)), streams);
    assert.match(Object.values(failures(report)).join('\n'), said);
    for (const stream of Object.values(streamsIn(report ?? {}))) assert.equal(stream['retries'], 0);
    await trial.prove();
  });
}

test('fault 12: a quota that is used up ends the source at once: nothing is asked again', async () => {
  const trial = await scene.trial();
  const gone = refuse(429, 99991403, "This month's API call quota has been exceeded");
  faults.next('base.tables.list', gone, 1000);
  const { code, report } = await trial.run(undefined, { env: hasty() });
  assert.equal(code, 1);
  const { 'base.tables': tables, ...others } = failures(report);
  assert.match(tables ?? '', /monthly quota.*99991403.*Next: .*1st of next month/);
  for (const said of Object.values(others)) assert.match(said, /since the source was stopped/);
  assert.ok('base.records' in others);
  assert.equal(tenant.requests.count('base.tables.list'), 1);
  await trial.prove();
});

test('fault 12: refused credentials end the source before anything else is asked', async () => {
  const trial = await scene.trial();
  faults.next(signIn, refuse(200, 10014, 'app secret invalid'), 1000);
  const { code, report } = await trial.run(undefined, { env: hasty() });
  assert.equal(code, 1);
  assert.match(
    Object.values(failures(report)).join('\n'),
    /10014.*Next: check app_id and app_secret of source acme/,
  );
  assert.equal(Object.keys(failures(report)).length, 9);
  assert.deepEqual(tenant.requests.counts(), { [signIn]: 1 });
  await trial.prove();
});

for (const status of [400, 200] as const) {
  test(`fault 13: a token that ends early (HTTP ${status}) is renewed once for all who need it`, async () => {
    const trial = await scene.trial();
    tenant.app.bad_token_status = status;
    faults.next('approval.instances.get', {}, 6);
    faults.next('approval.instances.get', expireTokens());
    const { report } = await trial.run();
    assert.deepEqual(failures(report), {});
    assert.equal(tenant.requests.count(signIn), 2);
    await trial.prove();
  });
}

test('fault 13: a token that is refused again after its renewal ends the source', async () => {
  const trial = await scene.trial();
  faults.next('approval.instances.get', refuse(400, 99991663, 'Invalid access token'), 1000);
  const { code, report } = await trial.run();
  assert.equal(code, 1);
  const { 'approval.instances': said = '' } = failures(report);
  assert.match(said, /refuses the access token.*also after it was renewed.*99991663/);
  assert.equal(tenant.requests.count(signIn), 2);
  await trial.prove();
});

test('fault 14: a scope that is taken away while it is used stops its stream, marks nothing deleted, and is named', async () => {
  const trial = await scene.trial();
  const taken = new Map([
    ['base.records.search', 'bitable:app:readonly'],
    ['approval.instances.get', 'approval:approval:readonly'],
    ['attendance.user_flows.query', 'attendance:task:readonly'],
  ]);
  faults.next('base.records.search', {});
  faults.next('approval.instances.get', {}, 3);
  for (const [endpoint, scope] of taken) faults.next(endpoint, revokeScope(scope));
  const { code, report } = await trial.run();
  assert.equal(code, 1);
  const failed = failures(report);
  const streams = streamsIn(report ?? {});
  for (const [stream, scope] of [
    ['base.records', 'bitable:app:readonly'],
    ['approval.instances', 'approval:approval:readonly'],
    ['attendance.flows', 'attendance:task:readonly'],
  ] as const) {
    assert.match(failed[stream] ?? '', new RegExp(`lacks a scope.*Next: add .*${scope}`));
    assert.equal(streams[stream]?.['deleted'], 0, stream);
  }
  for (const name of ['contact.departments', 'contact.users', 'base.tables']) {
    assert.equal(streams[name]?.['status'], 'complete', name);
  }
  // Fields that were read whole before may truly be gone: what is false is found here.
  await trial.prove();
});
