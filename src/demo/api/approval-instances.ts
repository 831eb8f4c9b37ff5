/** Approval instances: codes by creation time, and one instance in full. */
import type { Instance } from '../company/approval.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import type { JsonObject } from '../json.ts';
import { TIER_3, TIER_4 } from '../limits.ts';
import { cut, readPosition } from '../paging.ts';
import { Refusal } from '../refusal.ts';
import { filesOut, formText } from './approval-form.ts';
import {
  approvalQuery,
  badParam,
  definitionOf,
  millis,
  READ_INSTANCES,
  translator,
} from './approval-query.ts';
import { EMPLOYEE_ID } from './user-ids.ts';

const LONGEST_WINDOW = 10 * 3600_000;

function list(call: Call): JsonObject {
  const query = approvalQuery(call);
  const approvalCode = query.required('approval_code');
  const from = millis('start_time', query.required('start_time'));
  const to = millis('end_time', query.required('end_time'));
  const size = query.int('page_size', { min: 1, max: 100, otherwise: 100 });
  if (to < from) throw badParam('end_time', 'must not be before start_time');
  if (to - from > LONGEST_WINDOW) throw badParam('end_time', 'the window is longer than 10 hours');
  definitionOf(call, approvalCode);
  const position = readPosition(call, () => badParam('page_token', 'not of this query'));
  const found = call.company.instances(position.since, { approvalCode, from, to });
  const { items, ...rest } = cut(call, found, { size, position, last: 'empty' });
  return { data: { instance_code_list: items.map((one) => one.instance_code), ...rest } };
}

function get(call: Call): JsonObject {
  const query = approvalQuery(call);
  query.oneOf('user_id_type', ['open_id', 'union_id', 'user_id'], 'open_id');
  const nested = query.flag('nested_mutable_group');
  const instance = call.company.instance(call.path['instance_id'] ?? '', call.now);
  if (!instance) throw new Refusal(400, 1390003, 'instance code not found');
  const definition = call.company.definition(instance.approval_code, call.now);
  const translate = translator(query, definition);
  const form = formText(instance.form, { translate, now: call.now, nested });
  const full = { ...written(instance, translate, call.now), form };
  return { data: call.app.scopes.has(EMPLOYEE_ID) ? full : withoutUserIds(full) };
}

function written(instance: Instance, translate: (text: string) => string, now: number): JsonObject {
  const { comment_list, ...rest } = instance;
  const comments = comment_list.map(({ files, ...one }) => ({ ...one, ...filesOut(files, now) }));
  return {
    ...rest,
    approval_name: translate(instance.approval_name),
    ...(comments.length > 0 ? { comment_list: comments } : {}),
    task_list: instance.task_list.map((task) => ({
      ...task,
      node_name: translate(task.node_name),
    })),
    timeline: instance.timeline.map(({ files, ...one }) => ({ ...one, ...filesOut(files, now) })),
  };
}

/** Without the field scope no user_id leaves the tenant, however deep it stands. */
function withoutUserIds(value: JsonObject): JsonObject {
  const hidden = new Set(['user_id', 'user_id_list']);
  const text = JSON.stringify(value, (key, one: unknown) => (hidden.has(key) ? undefined : one));
  return JSON.parse(text);
}

/** GET instances and GET instances/:instance_id. */
export const approvalInstances: readonly Endpoint[] = [
  {
    name: 'approval.instances.list',
    method: 'GET',
    path: '/approval/v4/instances',
    tier: TIER_3,
    throttleStatus: 400,
    scopes: READ_INSTANCES,
    msg: 'success',
    answer: list,
  },
  {
    name: 'approval.instances.get',
    method: 'GET',
    path: '/approval/v4/instances/:instance_id',
    tier: TIER_4,
    scopes: READ_INSTANCES,
    msg: '',
    answer: get,
  },
];
