/** One approval definition. */
import type { Call, Endpoint } from '../endpoint.ts';
import type { JsonObject } from '../json.ts';
import { TIER_3 } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { approvalQuery, definitionOf, translator } from './approval-query.ts';
import { userIdFrom, userIdType } from './user-ids.ts';

function get(call: Call): JsonObject {
  const query = approvalQuery(call);
  const toId = userIdFrom(call.company.users(call.now), userIdType(call, query));
  const definition = definitionOf(call, call.path['approval_code'] ?? '');
  if (definition.status === 'DELETED') throw new Refusal(400, 1390016, 'approval is deleted');
  const translate = translator(query, definition);
  const form = definition.form.map((one) => ({ ...one, name: translate(one.name) }));
  const nodes = definition.node_list.map((one) => ({ ...one, name: translate(one.name) }));
  const admins = definition.approval_admin_ids.map(toId);
  return {
    data: {
      approval_name: translate(definition.approval_name),
      status: definition.status,
      form: JSON.stringify(form),
      node_list: nodes,
      viewers: definition.viewers,
      ...(query.flag('with_admin_id') ? { approval_admin_ids: admins } : {}),
      form_widget_relation: '{}',
    },
  };
}

/** GET approvals/:approval_code. */
export const approvalDefinitions: readonly Endpoint[] = [
  {
    name: 'approval.approvals.get',
    method: 'GET',
    path: '/approval/v4/approvals/:approval_code',
    tier: TIER_3,
    throttleStatus: 400,
    scopes: ['approval:approval', 'approval:approval:readonly', 'approval:definition'],
    msg: 'success',
    answer: get,
  },
];
