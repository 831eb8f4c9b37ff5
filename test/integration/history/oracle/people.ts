// What the warehouse should hold of people, departments and punches, said again from the contract.

import type { Department, Punch, User } from '../../../../src/demo/company/people.ts';
import { type Thing, textOf } from '../chronicle.ts';

/** Everybody at work with their memberships, by open_id. */
export function userThings(users: readonly User[]): Map<string, Thing> {
  const present = users.filter(({ status }) => status.is_resigned !== true);
  return new Map(present.map((user) => [user.open_id, { parts: partsOf(user) }]));
}

function partsOf(user: User): Thing['parts'] {
  const { mobile_visible: _, is_frozen: __, join_time, ...columns } = user;
  const row = { ...columns, payload: user, join_time: join_time && join_time * 1000 };
  const memberships = user.orders.map(({ department_id, is_primary_dept, ...orders }) => ({
    open_id: user.open_id,
    open_department_id: department_id,
    is_primary_dept,
    user_order: String(orders.user_order),
    department_order: String(orders.department_order),
  }));
  return { contact_users: textOf([row]), contact_user_departments: textOf(memberships) };
}

/** By open_department_id; heads are those of the department and of all below it. */
export function departmentThings(
  departments: readonly Department[],
  users: readonly User[],
): Map<string, Thing> {
  const parents = new Map(departments.map((one) => [one.open_department_id, one]));
  const within = (inner: string, outer: string): boolean => {
    if (inner === outer) return true;
    const parent = parents.get(inner)?.parent_department_id;
    return parent !== undefined && within(parent, outer);
  };
  const present = users.filter(({ status }) => status.is_resigned !== true);
  return new Map(
    departments.map((department) => {
      const id = department.open_department_id;
      const heads = present.filter(({ orders }) =>
        orders.some((one) => within(one.department_id, id)),
      );
      const primary = heads.filter(({ orders }) =>
        orders.some((one) => one.is_primary_dept && within(one.department_id, id)),
      );
      const counts = { member_count: heads.length, primary_member_count: primary.length };
      return [id, { parts: { contact_departments: textOf([{ ...department, ...counts }]) } }];
    }),
  );
}

/** By record_id. */
export function punchThings(
  punches: readonly Punch[],
  users: readonly User[],
  employee_type: 'employee_id' | 'employee_no',
): Map<string, Thing> {
  const numbers = new Map(users.map((user) => [user.user_id, user.employee_no ?? '']));
  const idOf = (id: string): string =>
    employee_type === 'employee_id' ? id : (numbers.get(id) ?? id);
  return new Map(
    punches.map((punch) => {
      const { record_id, user_id, creator_id } = punch;
      const created = Number(punch.check_time) * 1000;
      const ids = { user_id: idOf(user_id), creator_id: idOf(creator_id), employee_type };
      const row = { ...punch, ...ids, check_time: created };
      const parts = { attendance_flows: textOf([row]) };
      return [record_id, { parts, facts: { owner: user_id, created } }];
    }),
  );
}
