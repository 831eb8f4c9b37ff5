// What happens to punches: made, imported late, corrected, removed.

import type { World } from '../world.ts';

const dayMs = 86_400_000;

export function punch(world: World, at: number): void {
  add(world, at, at - 1000);
}

/** An import of days gone by. */
export function punchLate(world: World, at: number): void {
  add(world, at, at - world.random.spread(60_000, 12 * dayMs));
}

export function correctPunch(world: World, at: number): void {
  const found = world.random.pick(world.hand.has.punches);
  if (found === undefined) return;
  Object.assign(found, { check_result: 'Normal', comment: `已更正 ${at}`, is_field: true });
  world.punchesChanged(at);
}

export function removePunch(world: World, at: number): void {
  const { punches } = world.hand.has;
  const found = world.random.pick(punches);
  if (found === undefined) return;
  punches.splice(punches.indexOf(found), 1);
  world.punchesChanged(at);
}

function add(world: World, at: number, checked: number): void {
  const atWork = world.hand.has.users.filter(({ status }) => status.is_resigned !== true);
  const user = world.random.pick(atWork);
  if (user === undefined) return;
  world.hand.addPunch(user, checked);
  world.punchesChanged(at);
}
