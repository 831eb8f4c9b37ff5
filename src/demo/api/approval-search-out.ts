/** What the two approval searches give: lower-case statuses, and names of their own for known things. */
import type { Instance, Task } from '../company/approval.ts';
import type { Call } from '../endpoint.ts';
import type { JsonObject } from '../json.ts';
import { approvalQuery, translator } from './approval-query.ts';
import { type UserIdType, userIdFrom } from './user-ids.ts';

/** A hit: an instance, or one of its tasks. */
export interface Found {
  readonly instance: Instance;
  readonly task?: Task;
}

/** Writes what one call has found; ids as it asked for them. */
export function foundWriter(call: Call, type: UserIdType): (found: Found) => JsonObject {
  const toId = userIdFrom(call.company.users(call.now), type);
  return ({ instance, task }) => {
    const definition = call.company.definition(instance.approval_code, call.now);
    const name = translator(approvalQuery(call), definition)(instance.approval_name);
    const link = { pc_link: 'https://tenant.invalid/pc', mobile_link: 'https://tenant.invalid/m' };
    return {
      approval: {
        code: instance.approval_code,
        name,
        is_external: false,
        approval_id: '7090000000000000001',
      },
      group: { external_id: '', name: '' },
      instance: {
        code: instance.instance_code,
        external_id: '',
        user_id: toId(instance.open_id),
        start_time: instance.start_time,
        end_time: instance.end_time,
        status: instance.status.toLowerCase(),
        title: name,
        extra: '{}',
        serial_id: instance.serial_number,
        link,
      },
      ...(task ? { task: taskOut(task, toId, name, link) } : {}),
    };
  };
}

function taskOut(task: Task, toId: (id: string) => string, title: string, link: object): object {
  const { start_time, end_time } = task;
  const update_time = Number(end_time) > 0 ? end_time : start_time;
  return {
    user_id: toId(task.open_id),
    start_time,
    end_time,
    status: task.status.toLowerCase(),
    title,
    extra: '{}',
    link,
    task_id: task.id,
    update_time,
  };
}
