/** Departments: below one, one by one, and fifty at a time. */
import type { Department } from '../company/people.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import type { JsonObject } from '../json.ts';
import { TIER_4, TIER_6 } from '../limits.ts';
import { cut, readPosition } from '../paging.ts';
import { Refusal } from '../refusal.ts';
import { departmentWriter } from './contact-department-out.ts';
import {
  badPageToken,
  contactQuery,
  fifty,
  openDepartmentId,
  READ_BATCH,
  READ_CONTACTS,
  READ_TREE,
} from './contact-query.ts';
import { enter, type Reach, reachOf } from './contact-reach.ts';
import { departmentIdType } from './user-ids.ts';

function children(call: Call): JsonObject {
  const query = contactQuery(call);
  const size = query.int('page_size', { min: 1, max: 50, otherwise: 10 });
  const reach = reachOf(call);
  const type = departmentIdType(query);
  const given = openDepartmentId(reach.departments, type, call.path['department_id'] ?? '');
  const parent = enter(reach, given);
  const found = query.flag('fetch_child') ? descendants(reach, parent) : reach.children(parent);
  const position = readPosition(call, badPageToken);
  const { items, ...rest } = cut(call, found, {
    size,
    position,
    last: 'absent',
    key: (one) => one.open_department_id,
  });
  const write = departmentWriter(call, query, reach);
  return { data: { ...rest, ...(items.length > 0 ? { items: items.map(write) } : {}) } };
}

function descendants(reach: Reach, parent: string): readonly Department[] {
  return reach
    .children(parent)
    .flatMap((one) => [one, ...descendants(reach, one.open_department_id)]);
}

function get(call: Call): JsonObject {
  const query = contactQuery(call);
  const reach = reachOf(call);
  const type = departmentIdType(query);
  const given = openDepartmentId(reach.departments, type, call.path['department_id'] ?? '');
  const id = enter(reach, given);
  const department = reach.departments.find((one) => one.open_department_id === id);
  if (!department) throw new Refusal(400, 40161, 'root department info is unavailable');
  return { data: { department: departmentWriter(call, query, reach)(department) } };
}

function batch(call: Call): JsonObject {
  const query = contactQuery(call);
  const reach = reachOf(call);
  const type = departmentIdType(query);
  const byId = new Map(reach.departments.map((one) => [one[type], one]));
  const found = [...new Set(fifty(query, 'department_ids'))]
    .map((id) => byId.get(id))
    .filter((one) => one !== undefined && reach.seesDepartment(one.open_department_id))
    .filter((one) => one !== undefined);
  return { data: { items: found.map(departmentWriter(call, query, reach)) } };
}

/** GET departments/:department_id/children, departments/batch and departments/:department_id. */
export const contactDepartments: readonly Endpoint[] = [
  {
    name: 'contact.departments.children',
    method: 'GET',
    path: '/contact/v3/departments/:department_id/children',
    tier: TIER_4,
    scopes: READ_TREE,
    msg: 'success',
    answer: children,
  },
  {
    name: 'contact.departments.batch',
    method: 'GET',
    path: '/contact/v3/departments/batch',
    tier: TIER_4,
    scopes: READ_BATCH,
    msg: 'success',
    answer: batch,
  },
  {
    name: 'contact.departments.get',
    method: 'GET',
    path: '/contact/v3/departments/:department_id',
    tier: TIER_6,
    scopes: READ_CONTACTS,
    msg: 'success',
    answer: get,
  },
];
