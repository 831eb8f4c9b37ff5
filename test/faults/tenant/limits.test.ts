// Lark asks to slow down: the whole endpoint rests, whatever the header says, and no row is lost by it.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { throttle } from '../../../src/demo/fault-answers.ts';
import { both, type Fault } from '../../../src/demo/faults.ts';
import { streamsIn } from '../../integration/cli/json.ts';
import { startScene } from '../scene.ts';
import { hasty } from './hasty.ts';

const scene = await startScene();
after(() => scene.close());
const { tenant } = scene;
const { faults } = tenant;

/** Told of every request to an endpoint, before it is looked at. */
function spying(look: () => void | Promise<void>): Fault {
  return { before: look };
}

for (const status of [429, 400] as const) {
  test(`fault 6: HTTP ${status} with 99991400 rests the endpoint as long as its header says; then one request goes first`, async () => {
    const trial = await scene.trial();
    const endpoint = 'approval.instances.get';
    let throttledAt = Number.POSITIVE_INFINITY;
    const arrivals: number[] = [];
    let herd: number | undefined;
    const look = async (): Promise<void> => {
      const now = performance.now();
      arrivals.push(now);
      if (herd !== undefined || now < throttledAt + 1990) return;
      herd = 0;
      await sleep(300);
      herd = arrivals.filter((one) => one > now).length;
    };
    const mark = spying(() => {
      throttledAt = performance.now();
    });
    faults.next(endpoint, spying(look), 2);
    faults.next(endpoint, both(mark, throttle(status, '2')));
    faults.next(endpoint, spying(look), 1000);
    const { report } = await trial.run();
    assert.ok(report !== undefined);
    const { throttled, retries } = streamsIn(report)['approval.instances'] ?? {};
    assert.deepEqual([report['status'], throttled, retries], ['complete', 1, 0]);
    assert.equal(herd, 0, 'others went out together with the first one after the rest');
    const rested = arrivals.filter((at) => at > throttledAt && at < throttledAt + 1990);
    // What was under way when the refusal came could not be called back.
    assert.ok(rested.length < arrivals.length / 2, `${rested.length} requests during the rest`);
    await trial.prove();
  });
}

test('fault 7: a header that is missing, zero, negative, no number or absurd means a rest of a second at least', async () => {
  const trial = await scene.trial();
  const storms = new Map([
    ['contact.departments.children', undefined],
    ['approval.approvals.get', '0'],
    ['approval.tasks.search', '-5'],
    ['base.tables.list', 'soon'],
    ['attendance.user_flows.query', '86400'],
  ]);
  for (const [endpoint, header] of storms) faults.next(endpoint, throttle(429, header), 2);
  const { report } = await trial.run(undefined, { env: hasty() });
  assert.ok(report !== undefined);
  assert.equal(report['status'], 'complete');
  assert.equal(faults.pending, 0);
  const throttled = Object.values(streamsIn(report)).map((stream) => Number(stream['throttled']));
  assert.equal(
    throttled.reduce((sum, one) => sum + one, 0),
    10,
  );
  for (const endpoint of storms.keys()) {
    const [first, second, third] = tenant.requests.entries
      .filter((one) => one.endpoint === endpoint)
      .map(({ at }) => at);
    assert.ok(first !== undefined && second !== undefined && third !== undefined);
    assert.ok(Math.min(second - first, third - second) > 990, endpoint);
  }
  await trial.prove();
});

test('fault 7: an endpoint that does nothing but throttle stops its stream, and nothing else', async () => {
  const trial = await scene.trial();
  faults.next('attendance.user_flows.query', throttle(429, '1'), 1000);
  const { code, report } = await trial.run(undefined, { env: hasty({ throttled: 1500 }) });
  assert.ok(report !== undefined);
  assert.equal(code, 1);
  const { 'attendance.flows': flows, ...others } = streamsIn(report);
  assert.equal(flows?.['status'], 'incomplete');
  assert.match(
    String(flows?.['error']),
    /slow down.*without one success.*Lark code 99991400.*Next: run it again later/,
  );
  for (const stream of Object.values(others)) assert.equal(stream['status'], 'complete');
  await trial.prove();
});

test('fault 7: a token endpoint that throttles is asked again', async () => {
  const trial = await scene.trial();
  const endpoint = 'auth.tenant_access_token.internal';
  for (const header of [undefined, '0', '86400', '1']) faults.next(endpoint, throttle(429, header));
  const { code } = await trial.run(undefined, { env: hasty() });
  assert.deepEqual([code, faults.pending], [0, 0]);
  await trial.prove();
});
