/** Plain people, departments and punches for companies that tests build by hand. */
import type { Department, Punch, User } from './people.ts';

/** A user; `n` makes its ids. Without departments it stands directly below the root. */
export function plainUser(n: number, given: Partial<User>): User {
  const departments = given.department_ids ?? ['0'];
  const orders = departments.map((department_id, index) => ({
    department_id,
    user_order: n,
    department_order: index + 1,
    is_primary_dept: index === 0,
  }));
  return {
    union_id: idOf('on_', n),
    open_id: idOf('ou_', n),
    user_id: `user${n}`,
    name: `同事 ${n}`,
    mobile_visible: true,
    employee_no: `E${n}`,
    employee_type: 1,
    join_time: 1_700_000_000,
    orders,
    status: { is_activated: true, is_frozen: false, is_resigned: false },
    ...given,
    department_ids: departments,
  };
}

/** A department directly below the root unless `given` says otherwise. */
export function plainDepartment(n: number, given: Partial<Department>): Department {
  return {
    name: `部门 ${n}`,
    parent_department_id: '0',
    department_id: `D${n}`,
    open_department_id: idOf('od-', n),
    order: String(n),
    status: { is_deleted: false },
    ...given,
  };
}

/** A punch of `user` at `at`, epoch ms. */
export function plainPunch(n: number, user: User, at: number, given: Partial<Punch>): Punch {
  return {
    record_id: `71${String(n).padStart(17, '0')}`,
    user_id: user.user_id,
    creator_id: user.user_id,
    location_name: '总部',
    check_time: String(Math.floor(at / 1000)),
    comment: '',
    type: 0,
    check_result: 'NoNeedCheck',
    is_field: false,
    is_wifi: false,
    ssid: '',
    bssid: '',
    device_id: '',
    photo_urls: [],
    external_id: '',
    idempotent_id: '',
    ...given,
  };
}

/** An id of 32 hexadecimal digits. */
export function idOf(prefix: string, n: number): string {
  return `${prefix}${n.toString(16).padStart(32, '0')}`;
}

/** An upper-case GUID. */
export function guid(n: number): string {
  return `${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`.toUpperCase();
}
