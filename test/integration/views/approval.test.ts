import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openGallery } from './gallery.ts';

const gallery = await openGallery();
after(() => gallery.close());
const { company, rows, types } = gallery;

const hourMs = 3_600_000;
const startedAt = Date.now() - 48 * hourMs;
const department = company.addDepartment({ name: '平台部' });
const [applicant, approver] = ['张三', '李四'].map((name) =>
  company.addUser({ name, department_ids: [department.open_department_id] }),
);
assert.ok(applicant !== undefined && approver !== undefined);
const list = [
  { id: 'wDay', name: '日期', type: 'date' },
  { id: 'wCost', name: '金额', type: 'amount' },
];
const definition = company.addDefinition({
  approval_name: '费用报销',
  form: [
    { id: 'wNote', name: 'Note', type: 'input' },
    { id: 'wSum', name: '总额', type: 'number' },
    { id: 'wKinds', name: 'Kinds', type: 'checkboxV2' },
    { id: 'wTrip', name: 'Trip', type: 'dateInterval' },
    { id: 'wHelp', name: 'Read this', type: 'text' },
    { id: 'wItems', name: '明细', type: 'fieldList', children: list },
  ],
});
const line = (day: string, cost: number) => [
  { id: 'wDay', name: '日期', type: 'date', value: day },
  { id: 'wCost', name: '金额', type: 'amount', value: cost },
];
const task = (id: string, node: string, from: number, to: number, person: typeof approver) => ({
  id,
  user_id: person.user_id,
  open_id: person.open_id,
  status: to === 0 ? ('PENDING' as const) : ('APPROVED' as const),
  node_id: node,
  node_name: node,
  type: 'AND' as const,
  start_time: String(from),
  end_time: String(to),
});
const instance = company.addInstance(definition, startedAt, {
  open_id: applicant.open_id,
  user_id: applicant.user_id,
  department_id: department.open_department_id,
  form: [
    { id: 'wNote', name: 'Note', type: 'input', value: 'lunch' },
    { id: 'wSum', name: '总额', type: 'number', value: 30.5 },
    { id: 'wKinds', name: 'Kinds', type: 'checkboxV2', value: ['a', 'b, c'] },
    {
      id: 'wTrip',
      name: 'Trip',
      type: 'dateInterval',
      value: { start: '2026-01-01T00:00:00+08:00', end: '2026-01-03T00:00:00+08:00', interval: 2 },
    },
    { id: 'wHelp', name: 'Read this', type: 'text', value: 'explained' },
    {
      id: 'wItems',
      name: '明细',
      type: 'fieldList',
      value: [line('2026-01-01T00:00:00+08:00', 10), line('2026-01-02T00:00:00+08:00', 20.5)],
    },
  ],
  task_list: [
    task('1', 'manager', startedAt, startedAt + 2 * hourMs, applicant),
    task('2', 'finance', startedAt + 2 * hourMs, 0, approver),
  ],
});
const empty = company.addInstance(definition, startedAt + 1, { form: [] });
await gallery.show({
  approval: {
    approvalCodes: [definition.approval_code],
    lookbackDays: 7,
    locale: 'zh-CN',
  },
  contact: {
    departmentIds: [],
    departmentIdType: 'open_department_id',
    userIdType: 'open_id',
  },
});

test('an approval form is a view with a typed column for each widget', async () => {
  assert.partialDeepStrictEqual(await types('form_费用报销'), {
    note: 'text',
    总额: 'numeric',
    kinds: 'text[]',
    trip_start: 'timestamp with time zone',
    trip_end: 'timestamp with time zone',
    trip_interval: 'numeric',
  });
  const [row] = await rows(
    `select * from lark_views."form_费用报销" where instance_code = '${instance.instance_code}'`,
  );
  assert.partialDeepStrictEqual(row, {
    note: 'lunch',
    总额: '30.5',
    kinds: ['a', 'b, c'],
    trip_start: new Date('2025-12-31T16:00:00Z'),
    trip_end: new Date('2026-01-02T16:00:00Z'),
    trip_interval: '2',
  });
});

test('an instance without a widget has null in its column', async () => {
  const [row] = await rows(
    `select * from lark_views."form_费用报销" where instance_code = '${empty.instance_code}'`,
  );
  assert.deepEqual([row?.['note'], row?.['kinds'], row?.['trip_end']], [null, null, null]);
});

test('a detail list is a view with a row for each line', async () => {
  const lines = await rows(
    'select row_index, "日期", "金额" from lark_views."form_费用报销_明细" order by 1',
  );
  assert.deepEqual(lines, [
    { row_index: 0, 日期: new Date('2025-12-31T16:00:00Z'), 金额: '10' },
    { row_index: 1, 日期: new Date('2026-01-01T16:00:00Z'), 金额: '20.5' },
  ]);
});

test('approvals tell applicant, department and who has to decide by name, and how long it takes', async () => {
  const [row] = await rows(
    `select applicant, department_path, current_approvers, lead_time > interval '47 hours' as long
from lark_views.approvals where instance_code = '${instance.instance_code}'`,
  );
  assert.deepEqual(row, {
    applicant: '张三',
    department_path: '平台部',
    current_approvers: ['李四'],
    long: true,
  });
});

test('each node tells how long it took', async () => {
  const nodes = await rows(
    `select node_name, extract(hour from lead_time)::integer as hours, approvers, left_at is null as open
from lark_views.approval_nodes where instance_code = '${instance.instance_code}' and left_at is not null`,
  );
  assert.deepEqual(nodes, [{ node_name: 'manager', hours: 2, approvers: ['张三'], open: false }]);
});
