/** Wiki nodes: what object a node token stands for. */
import type { Call, Endpoint } from '../endpoint.ts';
import type { JsonObject } from '../json.ts';
import { TIER_3 } from '../limits.ts';
import { readQuery } from '../query.ts';
import { Refusal } from '../refusal.ts';

function getNode(call: Call): JsonObject {
  const bad = (name: string, why: string): Refusal =>
    new Refusal(400, 131002, `param err: ${name}, ${why}`);
  const query = readQuery(call.search, bad);
  const token = query.required('token');
  const node = call.company.wikiNode(token, call.now);
  if (!node) throw new Refusal(400, 131005, 'not found');
  const { base_collaborator: may } = call.app;
  if (may !== 'all' && !may.includes(node.obj_token)) {
    throw new Refusal(400, 131006, 'permission denied: node permission denied');
  }
  const { node_token, space_id, owner } = node;
  return {
    data: {
      node: {
        ...node,
        origin_node_token: node_token,
        origin_space_id: space_id,
        node_creator: owner,
      },
    },
  };
}

/** GET spaces/get_node. */
export const wiki: readonly Endpoint[] = [
  {
    name: 'wiki.spaces.get_node',
    method: 'GET',
    path: '/wiki/v2/spaces/get_node',
    tier: TIER_3,
    scopes: ['wiki:node:read', 'wiki:wiki:readonly', 'wiki:wiki'],
    msg: 'success',
    answer: getNode,
  },
];
