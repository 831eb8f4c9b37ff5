import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DEMO_APP_ID, LEAVE_CODE } from '../../../src/demo/constants.ts';
import { startTenant } from '../../../src/demo/server.ts';
import { type JsonObject, objectsOf } from '../../../src/json.ts';
import { printed } from './json.ts';
import { configuration, startStage } from './stage.ts';

const hourMs = 3_600_000;
// The demo company on a certain working day: what it does must not depend on the day of the test.
let shiftMs = Date.parse('2026-03-04T03:00:00Z') - Date.now();
const demo = await startTenant({ limits: 'off', now: () => Date.now() + shiftMs });
const stage = await startStage();
after(async () => {
  await demo.close();
  await stage.close();
});
const atDemo = { LARKHOUSE_CONFIG: '', LARKHOUSE_DEMO_URL: demo.url };

function sourceIn(stdout: string): JsonObject {
  const [source = {}] = objectsOf(printed(stdout)['sources']);
  return source;
}

type Calls = ReadonlyMap<string, number>;

function callsIn(forecast: JsonObject): Calls {
  const endpoints = objectsOf(forecast['endpoints']);
  return new Map(endpoints.map(({ endpoint, calls }) => [String(endpoint), Number(calls)]));
}

function sum(calls: Calls): number {
  return [...calls.values()].reduce((total, one) => total + one, 0);
}

async function usage(): Promise<Calls> {
  const rows = await stage.rows<{ endpoint: string; calls: number }>(
    'select endpoint, sum(requests)::integer as calls from lark.api_usage group by 1',
  );
  return new Map(rows.map(({ endpoint, calls }) => [endpoint, calls]));
}

/** Requests that the demo has answered since its log was cleared, without those for tokens. */
function answered(): number {
  const counts = Object.entries(demo.requests.counts());
  return counts.reduce((total, [name, n]) => total + (name.startsWith('auth.') ? 0 : n), 0);
}

/** Plans, then syncs, and holds the one against the other. */
async function foreseenAndMade(env: Readonly<Record<string, string>>): Promise<void> {
  demo.requests.clear();
  const plan = await stage.run(['plan', '--json'], env);
  assert.equal(plan.code, 0, plan.stderr);
  const forecast = sourceIn(plan.stdout);
  assert.equal(forecast['discovery_calls'], answered());
  const before = await usage();
  demo.requests.clear();
  const sync = await stage.run(['sync', '--json', '--quiet'], env);
  assert.equal(sync.code, 0, sync.stdout);
  const foreseen = callsIn(forecast);
  const made = new Map(
    [...(await usage())].map(([name, calls]) => [name, calls - (before.get(name) ?? 0)]),
  );
  assert.equal(sum(made), answered());
  assert.equal(forecast['calls'], sum(foreseen));
  const near = (what: string, one: number, other: number): void =>
    assert.ok(
      other > 0 && Math.abs(one - other) <= 0.1 * other,
      `${what}: ${one} calls were foreseen, ${other} were made`,
    );
  near('all endpoints', sum(foreseen), sum(made));
  for (const [name, calls] of made) {
    if (Math.max(calls, foreseen.get(name) ?? 0) < 20) continue;
    near(name, foreseen.get(name) ?? 0, calls);
  }
}

test('a plan foresees the calls of a first run within 10 %', () => foreseenAndMade(atDemo));

test('a plan foresees the calls of a run a day later within 10 %', async () => {
  shiftMs += 26 * hourMs;
  await foreseenAndMade(atDemo);
});

const own = (module: string): string => `warehouse: { url: "\${DATABASE_URL}" }
sources:
  own:
    platform: lark
    base_url: ${demo.url}
    auth: { mode: custom_app, app_id: ${DEMO_APP_ID}, app_secret: "\${LARK_APP_SECRET}" }
    modules: { ${module} }
`;

test('a plan foresees a first run that begins before the days that are looked back', async () => {
  const codes = `approval_codes: [${LEAVE_CODE}]`;
  await stage.configure(own(`approval: { ${codes}, start_date: 2026-02-01, lookback_days: 3 }`));
  await foreseenAndMade({});
});

test('a plan of attendance alone foresees that people have to be found', async () => {
  await stage.configure(own('attendance: { lookback_days: 40 }'));
  await foreseenAndMade({});
});

test('a plan records no run, and its calls count in api_usage and against the quota', async () => {
  const yaml = configuration(stage.company, stage.tenant.url, 'frugal');
  const quota = '    quota: { monthly_calls: 100 }\n    modules:';
  await stage.configure(yaml.replace('    modules:', quota));
  const runs = await stage.rows('select from lark.sync_runs');
  const { code, stdout, stderr } = await stage.run(['plan', '--json']);
  assert.equal(code, 0, stderr);
  const forecast = sourceIn(stdout);
  const members = ['source', 'endpoints', 'calls', 'minutes', 'quota', 'discovery_calls'];
  assert.deepEqual(Object.keys(forecast), members);
  const [first = {}] = objectsOf(forecast['endpoints']);
  assert.deepEqual(Object.keys(first), ['endpoint', 'calls', 'minutes', 'metered']);
  assert.equal((await stage.rows('select from lark.sync_runs')).length, runs.length);
  const [made] = await stage.rows<{ all: number; metered: number }>(
    `select sum(requests)::integer as all,
      sum(requests) filter (where endpoint not like 'contact.%')::integer as metered
    from lark.api_usage where source = 'frugal'`,
  );
  assert.equal(forecast['discovery_calls'], made?.all);
  const used = made?.metered ?? 0;
  assert.deepEqual(forecast['quota'], { limit: 100, used, left: 100 - used });
});

test('a plan for people says what counts, what is left and what it cost itself', async () => {
  const { code, stdout } = await stage.run(['plan', 'base']);
  assert.equal(code, 0);
  assert.match(stdout, /^frugal\nendpoint +calls +minutes\n/);
  assert.match(stdout, /^base\.records\.search +1 +< 0\.1$/m);
  assert.match(stdout, /^A sync would make 4 calls, about /m);
  assert.match(stdout, /^4 of them count against the monthly quota\.$/m);
  assert.match(stdout, /^Of the quota of 100 calls a month \d+ are used and \d+ are left\.$/m);
  assert.match(stdout, /^To find out, the plan itself made 2 calls\.$/m);
});

test('a plan of one stream leaves out what other streams would ask for', async () => {
  const { stdout } = await stage.run(['plan', 'base.records', '--json']);
  const names = [...callsIn(sourceIn(stdout)).keys()];
  assert.deepEqual(names.sort(), ['base.records.search', 'base.tables.list']);
});

test('what the tenant refuses is told on stderr, with exit code 1, beside the rest of the plan', async () => {
  stage.tenant.app.base_collaborator = [];
  const { code, stdout, stderr } = await stage.run(['plan', '--json']);
  stage.tenant.app.base_collaborator = 'all';
  assert.equal(code, 1);
  assert.match(stderr, /^error: frugal .*base\.tables.*share the Base/m);
  assert.ok(callsIn(sourceIn(stdout)).has('approval.instances.list'));
});

test('a plan creates no tables, and without tables foresees a first run', async () => {
  const yaml = configuration(stage.company, stage.tenant.url);
  await stage.configure(yaml.replace('warehouse:', 'warehouse:\n  schema: elsewhere'));
  const { code, stdout, stderr } = await stage.run(['plan', '--json']);
  assert.equal(code, 0, stderr);
  assert.equal(callsIn(sourceIn(stdout)).get('approval.instances.get'), 5);
  assert.equal(
    (await stage.rows("select from pg_namespace where nspname = 'elsewhere'")).length,
    0,
  );
});
