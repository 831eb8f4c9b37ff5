import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openGallery } from './gallery.ts';

const gallery = await openGallery();
after(() => gallery.close());
const { company, rows } = gallery;

const top = company.addDepartment({ name: '研发中心' });
const below = company.addDepartment({
  name: '平台部',
  parent_department_id: top.open_department_id,
});
const leader = company.addUser({ name: '王五', department_ids: [top.open_department_id] });
const person = company.addUser({
  name: '张三',
  leader_user_id: leader.open_id,
  department_ids: [below.open_department_id],
  mobile: '+8613800001111',
});
// 23:30 and 00:30 in Tokyo are two days there, and one in UTC.
const late = Date.UTC(2026, 0, 5, 14, 30);
for (const at of [late, late + 3_600_000, late + 10 * 3_600_000]) company.addPunch(person, at);
await gallery.show({
  attendance: {
    employeeType: 'employee_id',
    userIds: [person.user_id],
    includeTerminatedUsers: false,
    startDate: '2026-01-01',
    lookbackDays: 7,
  },
  contact: {
    departmentIds: [],
    departmentIdType: 'open_department_id',
    userIdType: 'open_id',
  },
});

test('people have their departments with the path, and their leader by name', async () => {
  const [row] = await rows(
    `select department, department_path, departments, leader from lark_views.people where open_id = '${person.open_id}'`,
  );
  assert.deepEqual(row, {
    department: '平台部',
    department_path: '研发中心 / 平台部',
    departments: ['平台部'],
    leader: '王五',
  });
});

test('no view of people has a personal column', async () => {
  const [row = {}] = await rows(
    `select * from lark_views.people where open_id = '${person.open_id}'`,
  );
  assert.ok(!JSON.stringify(row).includes('13800001111'));
});

test('a department whose departments above it go in a circle is left out, and the view ends', async () => {
  await gallery.engine.pool.query(
    `update lark.contact_departments set parent_department_id = '${below.open_department_id}'
where open_department_id = '${top.open_department_id}'`,
  );
  assert.deepEqual(await rows('select name from lark_views.departments'), []);
});

test('a day at work begins and ends in the time zone of the source', async () => {
  const days = await rows(
    `select name, day::text, punches::integer, last_out is null as once from lark_views.attendance_days order by day`,
  );
  assert.deepEqual(days, [
    { name: '张三', day: '2026-01-05', punches: 1, once: true },
    { name: '张三', day: '2026-01-06', punches: 2, once: false },
  ]);
});
