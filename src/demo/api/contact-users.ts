/** Users: of one department, one by one, and fifty at a time. */
import type { User } from '../company/people.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import type { JsonObject } from '../json.ts';
import { TIER_4 } from '../limits.ts';
import { cut, readPosition } from '../paging.ts';
import { Refusal } from '../refusal.ts';
import {
  badPageToken,
  contactQuery,
  fifty,
  openDepartmentId,
  READ_BATCH,
  READ_CONTACTS,
  READ_TREE,
} from './contact-query.ts';
import { enter, reachOf } from './contact-reach.ts';
import { userWriter } from './contact-user-out.ts';
import { departmentIdType, type UserIdType, userIdType } from './user-ids.ts';

const PREFIXES: Readonly<Record<UserIdType, string>> = {
  open_id: 'ou_',
  union_id: 'on_',
  user_id: '',
};

function findByDepartment(call: Call): JsonObject {
  const query = contactQuery(call);
  const size = query.int('page_size', { min: 1, max: 50, otherwise: 10 });
  const type = departmentIdType(query);
  const reach = reachOf(call);
  const id = openDepartmentId(reach.departments, type, query.required('department_id'));
  const members = reach.members(enter(reach, id));
  const position = readPosition(call, badPageToken);
  const page = cut(call, members, { size, position, last: 'absent', key: (user) => user.open_id });
  const write = userWriter(call, userIdType(call, query), type);
  const { items, ...rest } = page;
  return { data: { ...rest, ...(items.length > 0 ? { items: items.map(write) } : {}) } };
}

function get(call: Call): JsonObject {
  const query = contactQuery(call);
  const type = userIdType(call, query);
  const reach = reachOf(call);
  const user = reach.everybody.find((one) => one[type] === call.path['user_id']);
  if (!user) throw new Refusal(400, 41012, 'user id invalid');
  if (!reach.sees(user)) throw new Refusal(400, 41050, 'no user authority error');
  return { data: { user: userWriter(call, type, departmentIdType(query))(user) } };
}

function batch(call: Call): JsonObject {
  const query = contactQuery(call);
  const type = userIdType(call, query);
  const ids = fifty(query, 'user_ids');
  if (ids.some((id) => !id.startsWith(PREFIXES[type]))) {
    throw new Refusal(400, 99992351, `the ${type} is not valid`);
  }
  const reach = reachOf(call);
  const byId = new Map(reach.everybody.map((user) => [user[type], user]));
  const found = [...new Set(ids)]
    .map((id) => byId.get(id))
    .filter((user): user is User => user !== undefined && reach.sees(user));
  const write = userWriter(call, type, departmentIdType(query));
  return { data: { items: found.map(write) } };
}

/** GET users/find_by_department, users/batch and users/:user_id; the last one matches last. */
export const contactUsers: readonly Endpoint[] = [
  {
    name: 'contact.users.find_by_department',
    method: 'GET',
    path: '/contact/v3/users/find_by_department',
    tier: TIER_4,
    scopes: READ_TREE,
    msg: 'success',
    answer: findByDepartment,
  },
  {
    name: 'contact.users.batch',
    method: 'GET',
    path: '/contact/v3/users/batch',
    tier: TIER_4,
    scopes: READ_BATCH,
    msg: 'success',
    answer: batch,
  },
  {
    name: 'contact.users.get',
    method: 'GET',
    path: '/contact/v3/users/:user_id',
    tier: TIER_4,
    scopes: READ_CONTACTS,
    msg: 'success',
    answer: get,
  },
];
