/** Approval definitions and instances as Lark shows them; forms are arrays here and text on the wire. */

/** One widget of a form; what stands beside id, name and type depends on the type. */
export interface Widget {
  id: string;
  name: string;
  type: string;
  custom_id?: string;
  [extra: string]: unknown;
}

/** A file by its token; endpoints turn it into a short-lived URL. */
export interface FileRef {
  token: string;
  file_size: number;
  title: string;
  type: 'image' | 'attachment';
}

export interface ApprovalNode {
  name: string;
  need_approver: boolean;
  node_id: string;
  custom_node_id?: string;
  node_type: 'AND' | 'OR' | 'SEQUENTIAL' | 'CC_NODE';
  approver_chosen_multi: boolean;
  approver_chosen_range?: { approver_range_type: number; approver_range_ids: string[] }[];
  require_signature: boolean;
}

export interface Definition {
  approval_code: string;
  approval_name: string;
  status: 'ACTIVE' | 'INACTIVE' | 'DELETED' | 'UNKNOWN';
  form: Widget[];
  node_list: ApprovalNode[];
  viewers: { type: string; id: string; user_id: string }[];
  /** open_id of the definition's admins. */
  approval_admin_ids: string[];
  /** Other languages: locale -> text of the default language -> text. */
  translations: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export type InstanceStatus = 'PENDING' | 'APPROVED' | 'REJECTED' | 'CANCELED' | 'DELETED';

export interface Task {
  id: string;
  user_id: string;
  open_id: string;
  status: 'PENDING' | 'APPROVED' | 'REJECTED' | 'TRANSFERRED' | 'DONE';
  node_id: string;
  node_name: string;
  custom_node_id?: string;
  type: 'AND' | 'OR' | 'AUTO_PASS' | 'AUTO_REJECT' | 'SEQUENTIAL';
  /** Epoch ms as text; '0' while open. */
  start_time: string;
  end_time: string;
}

export interface TimelineEntry {
  type: string;
  create_time: string;
  user_id?: string;
  open_id?: string;
  user_id_list?: string[];
  open_id_list?: string[];
  task_id?: string;
  comment?: string;
  cc_user_list?: { user_id: string; cc_id: string; open_id: string }[];
  /** JSON text. */
  ext: string;
  node_key?: string;
  files?: FileRef[];
}

export interface Comment {
  id: string;
  user_id: string;
  open_id: string;
  comment: string;
  create_time: string;
  files?: FileRef[];
}

/** An instance; `department_id` is the custom department_id, times are epoch ms as text. */
export interface Instance {
  approval_code: string;
  approval_name: string;
  instance_code: string;
  serial_number: string;
  uuid: string;
  user_id: string;
  open_id: string;
  department_id: string;
  status: InstanceStatus;
  start_time: string;
  end_time: string;
  reverted: boolean;
  form: Widget[];
  task_list: Task[];
  timeline: TimelineEntry[];
  comment_list: Comment[];
  modified_instance_code?: string;
  reverted_instance_code?: string;
}
