/** What can happen to an approval instance, one small change of its state each. */
import type {
  ApprovalNode,
  FileRef,
  Instance,
  InstanceStatus,
  Task,
  TimelineEntry,
} from './approval.ts';
import type { User } from './people.ts';

/** A change that happens at `at`, epoch ms. */
export interface Step {
  readonly at: number;
  readonly change: (instance: Instance) => void;
}

type Who = Pick<User, 'user_id' | 'open_id'>;

/** A row of the timeline. */
export function row(
  type: string,
  at: number,
  who: Who,
  extra: Partial<TimelineEntry> = {},
): TimelineEntry {
  return {
    type,
    create_time: String(at),
    user_id: who.user_id,
    open_id: who.open_id,
    ext: '{}',
    node_key: '',
    ...extra,
  };
}

/** A task is put before somebody. */
export function opened(at: number, id: string, node: ApprovalNode, who: Who): Step {
  const type = node.node_type === 'CC_NODE' ? 'AND' : node.node_type;
  const task: Task = {
    id,
    user_id: who.user_id,
    open_id: who.open_id,
    status: 'PENDING',
    node_id: node.node_id,
    node_name: node.name,
    ...(node.custom_node_id ? { custom_node_id: node.custom_node_id } : {}),
    type,
    start_time: String(at),
    end_time: '0',
  };
  return { at, change: (instance) => instance.task_list.push({ ...task }) };
}

/** A task ends as `status`; with `entry` the timeline tells. */
export function decided(
  at: number,
  id: string,
  status: Task['status'],
  entry?: TimelineEntry,
): Step {
  return {
    at,
    change(instance) {
      const task = instance.task_list.find((one) => one.id === id);
      if (task) Object.assign(task, { status, end_time: String(at) });
      if (entry) instance.timeline.push(entry);
    },
  };
}

/** The instance ends; tasks still open are done. */
export function closed(at: number, status: InstanceStatus, entry?: TimelineEntry): Step {
  return {
    at,
    change(instance) {
      instance.status = status;
      instance.end_time = String(at);
      for (const task of instance.task_list) {
        if (task.status === 'PENDING')
          Object.assign(task, { status: 'DONE', end_time: String(at) });
      }
      if (entry) instance.timeline.push(entry);
    },
  };
}

/** An approved instance is revoked: nothing but status and flag tell. */
export function reverted(at: number, who: Who): Step {
  return {
    at,
    change(instance) {
      instance.status = 'CANCELED';
      instance.reverted = true;
      instance.timeline.push(row('CANCEL', at, who));
    },
  };
}

/** Something is only told by the timeline. */
export function told(entry: TimelineEntry): Step {
  return { at: Number(entry.create_time), change: (instance) => instance.timeline.push(entry) };
}

/** Somebody comments; comment times have whole seconds. */
export function commented(
  at: number,
  id: string,
  who: Who,
  comment: string,
  files: FileRef[],
): Step {
  const create_time = `${Math.floor(at / 1000)}000`;
  const { user_id, open_id } = who;
  const one = {
    id,
    user_id,
    open_id,
    comment,
    create_time,
    ...(files.length > 0 ? { files } : {}),
  };
  return { at, change: (instance) => instance.comment_list.push(one) };
}

/** An approver changes a value of the form. */
export function edited(at: number, widgetType: string, value: unknown): Step {
  return {
    at,
    change(instance) {
      const index = instance.form.findIndex((widget) => widget.type === widgetType);
      const widget = instance.form[index];
      if (widget) instance.form[index] = { ...widget, value };
    },
  };
}
