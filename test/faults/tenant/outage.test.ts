// The tenant is down, or something else answers in its place: repeated within bounds, never "no records".

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { answer, gateway, refuse } from '../../../src/demo/fault-answers.ts';
import { streamsIn } from '../../integration/cli/json.ts';
import { startScene } from '../scene.ts';
import { hasty } from './hasty.ts';

const scene = await startScene();
after(() => scene.close());
const { tenant, company } = scene;
const { faults } = tenant;

const endpoints = [
  'contact.departments.children',
  'contact.users.find_by_department',
  'approval.approvals.get',
  'approval.instances.list',
  'approval.instances.get',
  'approval.instances.query',
  'approval.tasks.search',
  'base.tables.list',
  'base.apps.get',
  'base.fields.list',
  'base.records.search',
  'base.records.batch_get',
  'attendance.user_flows.query',
];

const portal = '<!DOCTYPE html><html><body><form action="/login">Sign in to the network</form>';

const outages = [gateway(502), gateway(504), answer(503, ''), refuse(500, 2200, 'internal error')];

const strangers = [
  gateway(200),
  answer(200, portal, { 'Content-Type': 'text/html' }),
  answer(200, portal, { 'Content-Type': 'application/json' }),
  answer(200, ''),
  answer(200, 'null'),
  answer(200, '[]'),
  answer(200, { data: { items: [], has_more: false } }),
  answer(200, { code: '0', data: { items: [], has_more: false } }),
  answer(200, { code: 0, msg: 'success' }),
];

const passing = [
  [8, 'an error of a gateway or a server', outages],
  [11, 'a success of HTTP that is no answer of the tenant', strangers],
] as const;

for (const [number, what, kinds] of passing) {
  test(`fault ${number}: ${what}, at every endpoint, costs a repetition and no row`, async () => {
    const trial = await scene.trial();
    for (const [place, endpoint] of endpoints.entries()) {
      const fault = kinds[place % kinds.length];
      if (fault !== undefined) faults.next(endpoint, fault);
    }
    const { report } = await trial.run(undefined, { env: hasty() });
    assert.ok(report !== undefined);
    assert.deepEqual([report['status'], faults.pending], ['complete', 0]);
    const retries = Object.values(streamsIn(report)).map((stream) => Number(stream['retries']));
    assert.equal(
      retries.reduce((sum, one) => sum + one, 0),
      endpoints.length,
    );
    await trial.prove();
  });
}

const lasting = [
  [8, 'a gateway', gateway(502), /an HTML page \(tried \d times\).*Next: run it again later/],
  [11, 'a captive portal', gateway(200), /an HTML page \(tried \d times\)/],
  [11, 'an empty body', answer(200, ''), /an empty body \(tried \d times\)/],
  [
    11,
    'a success without a word of more',
    answer(200, { code: 0, msg: 'ok', data: { items: [] } }),
    /does not say whether there is more/,
  ],
] as const;

for (const [number, what, fault, said] of lasting) {
  test(`fault ${number}: where nothing but ${what} answers, the stream fails, the others go on`, async () => {
    const trial = await scene.trial();
    faults.next('base.records.search', fault, 1000);
    const { code, report } = await trial.run(undefined, { env: hasty() });
    assert.ok(report !== undefined);
    assert.equal(code, 1);
    const { 'base.records': records, ...others } = streamsIn(report);
    assert.equal(records?.['status'], 'incomplete');
    assert.match(String(records?.['error']), said);
    for (const stream of Object.values(others)) assert.equal(stream['status'], 'complete');
    const tables = company.has.bases.flatMap((base) => base.tables);
    assert.ok(tenant.requests.count('base.records.search') <= 8 * tables.length);
    await trial.prove();
  });
}

test('fault 8: with everything failing for long, repetitions add a tenth to the calls', async () => {
  const trial = await scene.trial();
  const codes = Array.from(
    { length: 150 },
    (_, number) => `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`,
  );
  await trial.configure((yaml) =>
    yaml.replace(/approval_codes: \[.*?\]/, `approval_codes: [${codes.join(', ')}]`),
  );
  for (const endpoint of endpoints) faults.next(endpoint, gateway(502), 10_000);
  const { code, report } = await trial.run(['sync', 'approval.instances', '--json'], {
    env: hasty(),
  });
  assert.ok(report !== undefined);
  assert.equal(code, 1);
  for (const { status } of Object.values(streamsIn(report))) assert.equal(status, 'incomplete');
  const repeated = Object.values(streamsIn(report)).map((stream) => Number(stream['retries']));
  const retries = repeated.reduce((sum, one) => sum + one, 0);
  const sent = tenant.requests.total - tenant.requests.count('auth.tenant_access_token.internal');
  assert.ok(sent - retries >= codes.length);
  // Twenty repetitions are granted before anything was earned.
  assert.ok(retries <= 20 + 0.1 * (sent - retries), `${retries} repetitions of ${sent} calls`);
  await trial.configure((yaml) => yaml);
  await trial.prove();
});
