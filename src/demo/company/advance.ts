/** Moves an instance that was made by hand to its end, or beyond. */
import type { Instance, InstanceStatus } from './approval.ts';

/** What may happen to an instance. */
export type InstanceEvent = 'approve' | 'reject' | 'cancel' | 'revert' | 'delete';

const STATUS: Readonly<Record<InstanceEvent, InstanceStatus>> = {
  approve: 'APPROVED',
  reject: 'REJECTED',
  cancel: 'CANCELED',
  revert: 'CANCELED',
  delete: 'DELETED',
};
const TOLD: Readonly<Record<InstanceEvent, string>> = {
  approve: 'PASS',
  reject: 'REJECT',
  cancel: 'CANCEL',
  revert: 'CANCEL',
  delete: 'DELETE',
};

/** Ends an instance at `at`, epoch ms, or revokes an approved one. */
export function advance(instance: Instance, event: InstanceEvent, at: number): void {
  const { user_id, open_id } = instance;
  const ended = event === 'approve' || event === 'reject';
  for (const task of instance.task_list.filter((one) => one.status === 'PENDING')) {
    task.status = event === 'approve' ? 'APPROVED' : event === 'reject' ? 'REJECTED' : 'DONE';
    task.end_time = String(at);
  }
  const [task] = instance.task_list;
  const decision = ended && task ? { task_id: task.id, comment: '', node_key: task.node_id } : {};
  instance.timeline.push({
    type: TOLD[event],
    create_time: String(at),
    user_id,
    open_id,
    ext: '{}',
    ...decision,
  });
  instance.status = STATUS[event];
  instance.reverted = event === 'revert';
  if (event !== 'revert') instance.end_time = String(at);
}
