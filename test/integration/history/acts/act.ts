// One more thing happens in the tenant.

import type { World } from '../world.ts';
import * as approval from './approval.ts';
import * as base from './base.ts';
import * as people from './people.ts';
import * as punches from './punches.ts';

type Act = (world: World, at: number) => unknown;

/** How often each happens, relative to the others. */
const acts: readonly (readonly [number, Act])[] = [
  [10, approval.submit],
  [5, approval.approve],
  [2, approval.reject],
  [2, approval.withdraw],
  [3, approval.revoke],
  [4, approval.proceed],
  [2, approval.rollBack],
  [3, approval.comment],
  [1, approval.editForm],
  [0.5, approval.redefine],
  [3, base.addRecord],
  [4, base.editRecord],
  [3, base.deleteRecord],
  [2, base.restoreRecord],
  [0.1, base.importRecords],
  [0.7, base.recompute],
  [0.5, base.addTable],
  [0.5, base.deleteTable],
  [0.3, base.renameBase],
  [0.7, base.renameTable],
  [0.7, base.addField],
  [0.7, base.renameField],
  [0.7, base.deleteField],
  [1.5, people.hire],
  [1.5, people.leave],
  [1, people.comeBack],
  [2, people.changeDepartments],
  [1, people.promote],
  [0.7, people.addDepartment],
  [0.7, people.renameDepartment],
  [0.7, people.removeDepartment],
  [4, punches.punch],
  [3, punches.punchLate],
  [2, punches.correctPunch],
  [2, punches.removePunch],
];

const whole = acts.reduce((sum, [weight]) => sum + weight, 0);

/** Something happens at this time, epoch ms, which is not before what happened last. */
export function act(world: World, at: number): void {
  let point = world.random.next() * whole;
  const chosen = acts.find(([weight]) => {
    point -= weight;
    return point < 0;
  });
  const [, deed] = chosen ?? acts[0] ?? [0, approval.submit];
  world.deeds.push(`${new Date(at).toISOString()} ${deed.name}`);
  deed(world, at);
}
