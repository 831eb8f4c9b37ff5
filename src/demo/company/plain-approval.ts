/** Plain approval definitions and instances for companies that tests build by hand. */
import type { Definition, Instance } from './approval.ts';
import type { User } from './people.ts';
import { guid, idOf } from './plain.ts';

/** An active definition with one text widget and one node. */
export function plainDefinition(n: number, given: Partial<Definition>): Definition {
  const node = {
    name: '审批',
    need_approver: true,
    node_id: idOf('', n),
    node_type: 'AND' as const,
  };
  return {
    approval_code: guid(0xd0_0000 + n),
    approval_name: `审批 ${n}`,
    status: 'ACTIVE',
    form: [{ id: 'widget1', name: '事由', type: 'input', required: true }],
    node_list: [{ ...node, approver_chosen_multi: false, require_signature: false }],
    viewers: [],
    approval_admin_ids: [],
    translations: {},
    ...given,
  };
}

/** A pending instance started by `user` at `at`, epoch ms, with one open task. */
export function plainInstance(
  n: number,
  definition: Definition,
  user: User,
  at: number,
  given: Partial<Instance>,
): Instance {
  const { user_id, open_id } = user;
  const [node] = definition.node_list;
  const start_time = String(at);
  return {
    approval_code: definition.approval_code,
    approval_name: definition.approval_name,
    instance_code: guid(n),
    serial_number: `2026${String(n).padStart(8, '0')}`,
    uuid: `uuid-${n}`,
    user_id,
    open_id,
    department_id: 'D1',
    status: 'PENDING',
    start_time,
    end_time: '0',
    reverted: false,
    form: [{ id: 'widget1', name: '事由', type: 'input', value: `第 ${n} 件` }],
    task_list: [
      {
        id: `70000000000${String(n).padStart(8, '0')}`,
        user_id,
        open_id,
        status: 'PENDING',
        node_id: node?.node_id ?? '',
        node_name: node?.name ?? '',
        type: 'AND',
        start_time,
        end_time: '0',
      },
    ],
    timeline: [
      { type: 'START', create_time: start_time, user_id, open_id, ext: '{}', node_key: '' },
    ],
    comment_list: [],
    ...given,
  };
}
