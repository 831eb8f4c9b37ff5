// Departments below the root, and the people of each.

import { digits, stampedList, stampOf } from './stamp.ts';

/** Place 0: the department's number. */
const department = stampOf({
  name: `部门 ${digits(0, 5)}`,
  parent_department_id: '0',
  department_id: `D${digits(0, 5)}`,
  open_department_id: `od-${digits(0, 5)}`,
  leader_user_id: '',
  order: digits(0, 5),
  member_count: 50,
  status: { is_deleted: false },
});

/** Places: 0 the person's number, 1 that of the department. */
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
  department_ids: [`od-${digits(1, 5)}`],
  orders: [
    {
      department_id: `od-${digits(1, 5)}`,
      user_order: 0,
      department_order: 0,
      is_primary_dept: true,
    },
  ],
  leader_user_id: '',
  city: '杭州',
  country: 'CN',
  join_time: 1_600_000_000,
  is_tenant_manager: false,
  employee_no: digits(0, 7),
  employee_type: 1,
  job_title: 'Engineer',
});

/** So many departments from the nth on, as the inside of a list. */
export function departmentsFrom(start: number, count: number): Buffer {
  return stampedList(
    count,
    () => department,
    (place) => [start + place],
  );
}

/** The number of a department by its id; undefined for the root. */
export function departmentNumber(id: string | null): number | undefined {
  const [, number] = /^od-(\d+)$/.exec(id ?? '') ?? [];
  return number === undefined ? undefined : Number(number);
}

/** So many people of a department from the nth on, as the inside of a list. */
export function peopleFrom(start: number, count: number, departmentNth: number): Buffer {
  return stampedList(
    count,
    () => stamp,
    (place) => [start + place, departmentNth],
  );
}
