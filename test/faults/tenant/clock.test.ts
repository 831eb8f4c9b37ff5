// The tenant's clock is wrong for a while, or jumps: what happened meanwhile is found by the next run. (The
// clock of this machine is months away from it in every test with a scene.)

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { dated, meanwhile } from '../../../src/demo/fault-answers.ts';
import { presentTime } from '../scene/company.ts';
import { startScene } from '../scene.ts';

const scene = await startScene();
after(() => scene.close());
const { company, clock } = scene;
const { faults } = scene.tenant;
const hour = 3_600_000;
const day = 24 * hour;

/** What happens between the run under test and the next one: something new and changed for every stream. */
function goOn(from: number): void {
  const { definitions, instances, bases, users } = company.has;
  for (const definition of definitions) {
    for (let count = 0; count < 3; count += 1) company.addInstance(definition, from + count * hour);
  }
  for (const open of instances.filter(({ status }) => status === 'PENDING').slice(0, 4)) {
    company.advance(open, 'approve', from + hour);
  }
  for (const table of bases.flatMap(({ tables }) => tables)) company.addRecord(table, from);
  for (const user of users) company.addPunch(user, from + hour);
  clock.now = from + 3 * hour;
}

const skews = [
  ['a day ahead', [day]],
  ['a day behind', [-day]],
  ['now a day ahead, now a day behind', [day, -day, 0]],
] as const;

for (const [what, by] of skews) {
  test(`fault 20: a tenant whose Date is ${what} during a run: the next run misses nothing`, async () => {
    const trial = await scene.trial();
    for (let answer = 0; answer < 300; answer += 1) {
      const skewed = new Date(presentTime + (by[answer % by.length] ?? 0));
      faults.next('*', dated(skewed.toUTCString()));
    }
    const { code, stdout } = await trial.run();
    assert.equal(code, 0, stdout);
    goOn(presentTime + hour);
    await trial.prove();
  });
}

test('fault 20: a tenant whose clock jumps a day ahead in the middle of a run', async () => {
  const trial = await scene.trial();
  const jump = meanwhile(() => {
    clock.now += day;
  });
  faults.next('approval.instances.get', {}, 3);
  faults.next('approval.instances.get', jump);
  assert.equal((await trial.run()).code, 0);
  goOn(presentTime + day + hour);
  await trial.prove();
});

test('fault 20: a tenant whose clock was a day ahead and is put right in the middle of a run', async () => {
  const trial = await scene.trial();
  clock.now = presentTime + day;
  faults.next('approval.instances.get', {}, 3);
  faults.next(
    'approval.instances.get',
    meanwhile(() => {
      clock.now = presentTime;
    }),
  );
  assert.equal((await trial.run()).code, 0);
  goOn(presentTime + hour);
  await trial.prove();
});
