/** The two approval searches: both lag, and both drop revoked instances only after paging. */
import type { Instance } from '../company/approval.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import type { JsonObject } from '../json.ts';
import { TIER_4 } from '../limits.ts';
import { cut, readPosition } from '../paging.ts';
import { approvalQuery, badParam, bodyOf } from './approval-query.ts';
import { readSearch, type Search } from './approval-search-body.ts';
import { type Found, foundWriter } from './approval-search-out.ts';
import { userIdFrom, userIdType } from './user-ids.ts';

/** How far the search index is behind the instances, ms. */
export const SEARCH_LAG_MS = 90_000;

const INSTANCE_STATUS = ['PENDING', 'RECALL', 'REJECT', 'DELETED', 'APPROVED', 'ALL'] as const;
const TASK_STATUS = [
  'PENDING',
  'REJECTED',
  'APPROVED',
  'TRANSFERRED',
  'DONE',
  'RM_REPEAT',
  'PROCESSED',
  'ALL',
] as const;
const MEANS: Readonly<Record<string, string>> = { RECALL: 'CANCELED', REJECT: 'REJECTED' };

function searchInstances(call: Call): JsonObject {
  const body = bodyOf(call);
  const search = readSearch(body, 'instance');
  const status = oneStatus('instance_status', body['instance_status'], INSTANCE_STATUS);
  const wanted = MEANS[status] ?? status;
  const isOf = personIn(call, search);
  return paged(call, 'instance_list', (since) =>
    candidates(call, search, since)
      .filter(({ open_id }) => isOf(open_id))
      .filter((one) => wanted === 'ALL' || one.status === wanted)
      .map((instance) => ({ instance })),
  );
}

function searchTasks(call: Call): JsonObject {
  const body = bodyOf(call);
  const search = readSearch(body, 'task');
  const order = body['order'] ?? 2;
  if (order !== 0 && order !== 1 && order !== 2 && order !== 3) throw badParam('order', '0 to 3');
  const statuses = taskStatuses(body);
  const isOf = personIn(call, search);
  return paged(call, 'task_list', (since) =>
    candidates(call, search, since)
      .flatMap((instance) => instance.task_list.map((task) => ({ instance, task })))
      .filter(({ task }) => isOf(task.open_id))
      .filter(({ task }) => within(task.start_time, search, since))
      .filter(({ task }) => statuses.includes('ALL') || statuses.includes(task.status))
      .sort(byOrder(order)),
  );
}

/** Whether somebody, by open_id, is the person of the search, whose id is of the kind that the query names. */
function personIn(call: Call, { userId }: Search): (openId: string) => boolean {
  if (userId === undefined) return () => true;
  const toId = userIdFrom(call.company.users(call.now), userIdType(call, approvalQuery(call)));
  return (openId) => toId(openId) === userId;
}

function taskStatuses(body: JsonObject): readonly string[] {
  const given = body['task_status_list'];
  const named = Array.isArray(given) && given.length > 0 ? given : [body['task_status']];
  const statuses = named.map((one) => oneStatus('task_status', one, TASK_STATUS));
  return statuses.flatMap((one) =>
    one === 'PROCESSED' ? ['APPROVED', 'REJECTED', 'TRANSFERRED', 'DONE'] : [one],
  );
}

function oneStatus(name: string, value: unknown, allowed: readonly string[]): string {
  if (value === undefined || value === '') return 'ALL';
  if (typeof value === 'string' && allowed.includes(value)) return value;
  throw badParam(name, `options: ${allowed.join(',')}`);
}

function candidates(call: Call, search: Search, since: number): readonly Instance[] {
  const { approvalCode, instanceCode, from, to } = search;
  const seen = since - SEARCH_LAG_MS;
  if (instanceCode !== undefined) {
    const one = call.company.instance(instanceCode, seen);
    const right = one && (approvalCode === undefined || one.approval_code === approvalCode);
    return right && Number(one.start_time) <= seen ? [one] : [];
  }
  const byInstance = search.by === 'instance' && from !== undefined && to !== undefined;
  return call.company
    .instances(seen, {
      ...(approvalCode === undefined ? {} : { approvalCode }),
      ...(byInstance ? { from, to: to + 1 } : {}),
    })
    .filter((one) => Number(one.start_time) <= seen);
}

function within(time: string, { from, to }: Search, since: number): boolean {
  const at = Number(time);
  return at <= since && (from === undefined || to === undefined || (at >= from && at <= to));
}

function updated({ task }: Found): number {
  return Math.max(Number(task?.start_time ?? 0), Number(task?.end_time ?? 0));
}

function byOrder(order: number): (a: Found, b: Found) => number {
  const started = ({ task }: Found): number => Number(task?.start_time ?? 0);
  const key = order < 2 ? updated : started;
  const sign = order % 2 === 0 ? -1 : 1;
  return (a, b) => sign * (key(a) - key(b));
}

function paged(call: Call, list: string, find: (since: number) => readonly Found[]): JsonObject {
  const query = approvalQuery(call);
  const size = query.int('page_size', { min: 5, max: 200, otherwise: 10 });
  const type = userIdType(call, query);
  const position = readPosition(call, () => badParam('page_token', 'not of this query'));
  const found = find(position.since);
  const { items, ...rest } = cut(call, found, { size, position, last: 'empty' });
  const shown = items.filter(({ instance }) => instance.status !== 'CANCELED');
  return { data: { count: found.length, [list]: shown.map(foundWriter(call, type)), ...rest } };
}

const SEARCH_LIST = 'approval:approval.list:readonly';

/** POST instances/query and POST tasks/search. */
export const approvalSearch: readonly Endpoint[] = [
  {
    name: 'approval.instances.query',
    method: 'POST',
    path: '/approval/v4/instances/query',
    tier: TIER_4,
    scopes: [SEARCH_LIST],
    customOnly: true,
    msg: 'success',
    answer: searchInstances,
  },
  {
    name: 'approval.tasks.search',
    method: 'POST',
    path: '/approval/v4/tasks/search',
    tier: TIER_4,
    scopes: ['approval:approval:readonly', SEARCH_LIST],
    msg: 'success',
    answer: searchTasks,
  },
];
