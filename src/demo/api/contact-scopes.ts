/** The app's own contact range: exactly what was granted, never what lies below it. */
import type { Call, Endpoint } from '../endpoint.ts';
import type { JsonObject } from '../json.ts';
import { TIER_4 } from '../limits.ts';
import { cut, readPosition } from '../paging.ts';
import { badPageToken, contactQuery, READ_CONTACTS } from './contact-query.ts';
import { type Reach, reachOf } from './contact-reach.ts';
import { departmentIdFrom, departmentIdType, userIdFrom, userIdType } from './user-ids.ts';

type Kind = 'user_ids' | 'department_ids' | 'group_ids';

function list(call: Call): JsonObject {
  const query = contactQuery(call);
  const size = query.int('page_size', { min: 1, max: 100, otherwise: 50 });
  const reach = reachOf(call);
  const toUser = userIdFrom(reach.everybody, userIdType(call, query));
  const toDepartment = departmentIdFrom(reach.departments, departmentIdType(query));
  const granted = grants(call, reach);
  const all: [Kind, string][] = [
    ...granted.users.map((id): [Kind, string] => ['user_ids', toUser(id)]),
    ...granted.departments.map((id): [Kind, string] => ['department_ids', toDepartment(id)]),
    ...granted.groups.map((id): [Kind, string] => ['group_ids', id]),
  ];
  const position = readPosition(call, badPageToken);
  const { items, ...rest } = cut(call, all, { size, position, last: 'absent' });
  const of = (kind: Kind): JsonObject => {
    const ids = items.filter(([one]) => one === kind).map(([, id]) => id);
    return ids.length > 0 ? { [kind]: ids } : {};
  };
  return { data: { ...of('department_ids'), ...of('user_ids'), ...of('group_ids'), ...rest } };
}

interface Grants {
  readonly users: readonly string[];
  readonly departments: readonly string[];
  readonly groups: readonly string[];
}

function grants(call: Call, reach: Reach): Grants {
  const { contact_range: range } = call.app;
  if (range !== 'all') return { ...range, groups: [] };
  return {
    users: reach.members('0').map((user) => user.open_id),
    departments: reach.children('0').map((one) => one.open_department_id),
    groups: call.company.groups(call.now),
  };
}

/** GET scopes. */
export const contactScopes: readonly Endpoint[] = [
  {
    name: 'contact.scopes.list',
    method: 'GET',
    path: '/contact/v3/scopes',
    tier: TIER_4,
    scopes: READ_CONTACTS,
    msg: 'success',
    answer: list,
  },
];
