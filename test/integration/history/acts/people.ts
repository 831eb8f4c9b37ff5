// What happens to people and departments.

import type { Order, User } from '../../../../src/demo/company/people.ts';
import type { World } from '../world.ts';

export function hire(world: World, at: number): void {
  const user = world.hand.addUser();
  place(world, user);
  world.peopleChanged(at);
}

export function leave(world: World, at: number): void {
  const user = world.random.pick(world.hand.has.users);
  if (user === undefined) return;
  user.status = { ...user.status, is_resigned: true };
  world.peopleChanged(at);
}

export function comeBack(world: World, at: number): void {
  const user = world.random.pick(world.hand.has.users.filter(({ status }) => status.is_resigned));
  if (user === undefined) return;
  user.status = { ...user.status, is_resigned: false };
  world.peopleChanged(at);
}

export function changeDepartments(world: World, at: number): void {
  const user = world.random.pick(world.hand.has.users);
  if (user === undefined) return;
  place(world, user);
  world.peopleChanged(at);
}

export function promote(world: World, at: number): void {
  const user = world.random.pick(world.hand.has.users);
  if (user === undefined) return;
  user.job_title = `职位 ${at}`;
  const leader = world.random.pick(world.hand.has.users);
  if (leader !== undefined) user.leader_user_id = leader.open_id;
  world.peopleChanged(at);
}

export function addDepartment(world: World, at: number): void {
  const parent = world.random.pick(world.hand.has.departments);
  const above = world.random.chance(0.5) ? parent?.open_department_id : undefined;
  world.hand.addDepartment(above === undefined ? {} : { parent_department_id: above });
  world.peopleChanged(at);
}

export function renameDepartment(world: World, at: number): void {
  const department = world.random.pick(world.hand.has.departments);
  if (department === undefined) return;
  department.name = `部门 ${at}`;
  world.peopleChanged(at);
}

/** Its people and the departments below go to the one above. */
export function removeDepartment(world: World, at: number): void {
  const { departments, users } = world.hand.has;
  const gone = world.random.pick(departments);
  if (gone === undefined || departments.length < 2) return;
  const { open_department_id: id, parent_department_id: above } = gone;
  departments.splice(departments.indexOf(gone), 1);
  for (const one of departments) {
    if (one.parent_department_id === id) one.parent_department_id = above;
  }
  for (const user of users) {
    if (!user.department_ids.includes(id)) continue;
    const left = user.department_ids.filter((one) => one !== id);
    join(world, user, left.length > 0 ? left : [above]);
  }
  world.peopleChanged(at);
}

/** Puts the person into one to three departments, or directly below the root. */
export function place(world: World, user: User): void {
  const ids = world.hand.has.departments.map((one) => one.open_department_id);
  const chosen = Array.from({ length: world.random.int(1, 3) }, () => world.random.pick(ids));
  join(world, user, [...new Set(chosen.map((id) => id ?? '0'))]);
}

function join(world: World, user: User, departments: readonly string[]): void {
  user.department_ids = [...departments];
  user.orders = departments.map(
    (department_id, index): Order => ({
      department_id,
      user_order: world.random.int(0, 1000),
      department_order: index,
      is_primary_dept: index === 0,
    }),
  );
}
