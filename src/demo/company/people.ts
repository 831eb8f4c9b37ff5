/** People, departments and punches as Lark shows them. */

/** Whether a person works, has not joined yet, is frozen or has left. */
export interface UserStatus {
  is_frozen?: boolean;
  is_resigned?: boolean;
  is_activated?: boolean;
  is_exited?: boolean;
  is_unjoin?: boolean;
}

/** Membership of a department. */
export interface Order {
  /** open_department_id */
  department_id: string;
  user_order: number;
  department_order: number;
  is_primary_dept: boolean;
}

/** A person; `leader_user_id` is an open_id, `join_time` epoch seconds. */
export interface User {
  union_id: string;
  open_id: string;
  user_id: string;
  name: string;
  en_name?: string;
  nickname?: string;
  email?: string;
  enterprise_email?: string;
  mobile?: string;
  mobile_visible: boolean;
  gender?: number;
  avatar?: Record<string, string>;
  employee_no?: string;
  employee_type?: number;
  job_title?: string;
  city?: string;
  country?: string;
  work_station?: string;
  leader_user_id?: string;
  department_ids: string[];
  orders: Order[];
  join_time?: number;
  is_tenant_manager?: boolean;
  is_frozen?: boolean;
  status: UserStatus;
  custom_attrs?: readonly object[];
}

/** A department; ids of other departments are open_department_id ('0' at the top), people open_id. */
export interface Department {
  name: string;
  i18n_name?: { zh_cn: string; en_us: string; ja_jp: string };
  parent_department_id: string;
  department_id: string;
  open_department_id: string;
  leader_user_id?: string;
  leaders?: { leaderType: number; leaderID: string }[];
  chat_id?: string;
  order: string;
  unit_ids?: string[];
  group_chat_employee_types?: number[];
  department_hrbps?: string[];
  status: { is_deleted?: boolean };
}

/** A punch; `user_id` and `creator_id` are user_id, `check_time` epoch seconds as text. */
export interface Punch {
  record_id: string;
  user_id: string;
  creator_id: string;
  location_name: string;
  check_time: string;
  comment: string;
  type: number;
  check_result: string;
  is_field: boolean;
  is_wifi: boolean;
  ssid: string;
  bssid: string;
  device_id: string;
  photo_urls: string[];
  longitude?: number;
  latitude?: number;
  external_id: string;
  idempotent_id: string;
}
