/** A user on the way out: only the fields that the app's scopes reveal, ids as asked for. */
import type { User } from '../company/people.ts';
import type { Call } from '../endpoint.ts';
import type { JsonObject } from '../json.ts';
import { BROAD } from './contact-query.ts';
import {
  type DepartmentIdType,
  departmentIdFrom,
  EMPLOYEE_ID,
  type UserIdType,
  userIdFrom,
} from './user-ids.ts';

interface Revealing {
  readonly scopes: readonly string[];
  /** Whether the broad contact scopes reveal it too. */
  readonly broad: boolean;
  readonly fields: readonly (keyof User)[];
}

const EMPLOYEE = 'contact:user.employee:readonly';

const REVEALED: readonly Revealing[] = [
  { scopes: [EMPLOYEE_ID], broad: false, fields: ['user_id'] },
  {
    scopes: ['contact:user.base:readonly'],
    broad: true,
    fields: ['name', 'en_name', 'nickname', 'avatar'],
  },
  { scopes: ['contact:user.email:readonly'], broad: false, fields: ['email'] },
  { scopes: ['contact:user.phone:readonly'], broad: false, fields: ['mobile'] },
  { scopes: ['contact:user.gender:readonly'], broad: true, fields: ['gender'] },
  {
    scopes: ['contact:user.department:readonly'],
    broad: true,
    fields: ['department_ids', 'leader_user_id', 'orders'],
  },
  {
    scopes: ['contact:user.employee_number:read', EMPLOYEE],
    broad: true,
    fields: ['employee_no'],
  },
  {
    scopes: [EMPLOYEE],
    broad: true,
    fields: [
      'status',
      'is_frozen',
      'city',
      'country',
      'work_station',
      'join_time',
      'is_tenant_manager',
      'employee_type',
      'custom_attrs',
      'enterprise_email',
      'job_title',
    ],
  },
];

/** Writes users for one call. */
export function userWriter(
  call: Call,
  userType: UserIdType,
  departmentType: DepartmentIdType,
): (user: User) => JsonObject {
  const { scopes } = call.app;
  const broad = BROAD.some((scope) => scopes.has(scope));
  const fields = REVEALED.filter(
    (one) => (one.broad && broad) || one.scopes.some((scope) => scopes.has(scope)),
  ).flatMap((one) => one.fields);
  const toUser = userIdFrom(call.company.users(call.now), userType);
  const toDepartment = departmentIdFrom(call.company.departments(call.now), departmentType);
  return (user) => {
    const converted = {
      ...user,
      department_ids: user.department_ids.map(toDepartment),
      orders: user.orders.map((one) => ({
        ...one,
        department_id: toDepartment(one.department_id),
      })),
      leader_user_id: user.leader_user_id && toUser(user.leader_user_id),
    };
    return {
      union_id: user.union_id,
      open_id: user.open_id,
      mobile_visible: user.mobile_visible,
      ...Object.fromEntries(fields.map((field) => [field, converted[field]])),
    };
  };
}
