// The people of the root department.

import { digits, stampedList, stampOf } from './stamp.ts';

/** Place 0: the person's number. */
const stamp = stampOf({
  union_id: `on_94a1ee5551019f18cd73d9f1${digits(0, 8)}`,
  user_id: `u${digits(0, 7)}`,
  open_id: `ou_7dab8a3d3cdcc9da365777c7${digits(0, 8)}`,
  name: `张三 ${digits(0, 7)}`,
  en_name: 'San Zhang',
  email: `u${digits(0, 7)}@example.com`,
  mobile: `+86138${digits(0, 8)}`,
  gender: 1,
  status: { is_frozen: false, is_resigned: false, is_activated: true, is_exited: false },
  department_ids: ['0'],
  orders: [{ department_id: '0', user_order: 0, department_order: 0, is_primary_dept: true }],
  leader_user_id: '',
  city: '杭州',
  country: 'CN',
  join_time: 1_600_000_000,
  is_tenant_manager: false,
  employee_no: digits(0, 7),
  employee_type: 1,
  job_title: 'Engineer',
});

/** So many people from the nth on, as the inside of a list. */
export function peopleFrom(start: number, count: number): Buffer {
  return stampedList(
    count,
    () => stamp,
    (place) => [start + place],
  );
}
