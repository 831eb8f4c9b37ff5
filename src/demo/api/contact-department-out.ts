/** A department on the way out: the fields of the app's scopes, ids as asked for, heads counted. */
import type { Department } from '../company/people.ts';
import type { Call } from '../endpoint.ts';
import type { JsonObject } from '../json.ts';
import type { Query } from '../query.ts';
import { BROAD } from './contact-query.ts';
import type { Reach } from './contact-reach.ts';
import { departmentIdFrom, departmentIdType, userIdFrom, userIdType } from './user-ids.ts';

/** Writes departments for one call. */
export function departmentWriter(
  call: Call,
  query: Query,
  reach: Reach,
): (department: Department) => JsonObject {
  const may = (scope: string): boolean =>
    call.app.scopes.has(scope) || BROAD.some((broad) => call.app.scopes.has(broad));
  const toUser = userIdFrom(reach.everybody, userIdType(call, query));
  const toDepartment = departmentIdFrom(reach.departments, departmentIdType(query));
  const basic = may('contact:department.base:readonly');
  const organized = may('contact:department.organize:readonly');
  const hrbp = may('contact:department.hrbp:readonly');
  return (one) => ({
    open_department_id: one.open_department_id,
    ...(basic
      ? {
          name: one.name,
          i18n_name: one.i18n_name,
          department_id: one.department_id,
          chat_id: one.chat_id,
          status: one.status,
        }
      : {}),
    ...(organized
      ? {
          parent_department_id: toDepartment(one.parent_department_id),
          leader_user_id: one.leader_user_id && toUser(one.leader_user_id),
          leaders: one.leaders?.map((leader) => ({ ...leader, leaderID: toUser(leader.leaderID) })),
          order: one.order,
          unit_ids: one.unit_ids,
          group_chat_employee_types: one.group_chat_employee_types,
          ...headCounts(reach, one.open_department_id),
        }
      : {}),
    ...(hrbp ? { department_hrbps: one.department_hrbps?.map(toUser) } : {}),
  });
}

function headCounts(reach: Reach, id: string): JsonObject {
  const own = new Set([id]);
  for (const open of own) for (const one of reach.children(open)) own.add(one.open_department_id);
  const heads = reach.everybody.filter((user) => !user.status.is_resigned);
  const inside = heads.filter((user) => user.department_ids.some((one) => own.has(one)));
  const primary = inside.filter((user) =>
    user.orders.some((order) => order.is_primary_dept && own.has(order.department_id)),
  );
  return { member_count: inside.length, primary_member_count: primary.length };
}
