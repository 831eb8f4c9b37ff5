/** Converts references between the id types that a request may ask for. */

import type { Department, User } from '../company/people.ts';
import type { Call } from '../endpoint.ts';
import type { Query } from '../query.ts';
import { scopeMissing } from '../refusal.ts';

export type UserIdType = 'open_id' | 'union_id' | 'user_id';
export type DepartmentIdType = 'open_department_id' | 'department_id';

/** Scope that reveals user_id. */
export const EMPLOYEE_ID = 'contact:user.employee_id:readonly';

/** The request's user_id_type; refused when the app may not see ids of that type. */
export function userIdType(call: Call, query: Query): UserIdType {
  const type = query.oneOf('user_id_type', ['open_id', 'union_id', 'user_id'], 'open_id');
  if (type === 'user_id' && !call.app.scopes.has(EMPLOYEE_ID)) {
    throw scopeMissing([EMPLOYEE_ID], 'field_scope_required');
  }
  return type;
}

/** The request's department_id_type. */
export function departmentIdType(query: Query): DepartmentIdType {
  const types: readonly DepartmentIdType[] = ['open_department_id', 'department_id'];
  return query.oneOf('department_id_type', types, 'open_department_id');
}

/** Turns an open_id into the id asked for; an open_id that nobody has stays as it is. */
export function userIdFrom(users: readonly User[], type: UserIdType): (openId: string) => string {
  if (type === 'open_id') return (openId) => openId;
  const byOpenId = new Map(users.map((user) => [user.open_id, user[type]]));
  return (openId) => byOpenId.get(openId) ?? openId;
}

/** Turns an open_department_id into the id asked for; the root stays '0'. */
export function departmentIdFrom(
  departments: readonly Department[],
  type: DepartmentIdType,
): (openId: string) => string {
  if (type === 'open_department_id') return (openId) => openId;
  const known = new Map(departments.map((one) => [one.open_department_id, one.department_id]));
  return (openId) => known.get(openId) ?? openId;
}
