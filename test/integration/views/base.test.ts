import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { field, openGallery } from './gallery.ts';

const gallery = await openGallery();
after(() => gallery.close());
const { company, rows, types } = gallery;

const base = company.addBase({ name: '销售' });
const modules = { base: [{ kind: 'app', token: base.app_token }] } as const;
const show = () => gallery.show(modules);

const orders = company.addTable(base, {
  name: '订单 Orders',
  fields: [
    field('fldtitle01', '订单', 1, { is_primary: true }),
    field('fldnumber1', '金额 (CNY)', 2),
    field('fldsingle1', 'Status', 3),
    field('fldmulti01', 'Tags', 4),
    field('fldtime001', '下单日期', 5),
    field('fldtick001', 'Paid', 7),
    field('fldpeople1', '负责人', 11),
    field('fldurl0001', 'Link', 15),
    field('fldfiles01', 'Files', 17),
    field('fldlink001', '客户', 18),
    field('fldform001', 'Total', 20, { property: { type: { data_type: 2 } } }),
    field('fldlook001', 'Prices', 19),
    field('fldplace01', 'Place', 22),
    field('fldstrange', 'Later', 4711),
  ],
});
const full = company.addRecord(orders, 1, {
  fields: {
    订单: [
      { type: 'text', text: 'A ' },
      { type: 'mention', text: '@B', token: 'x' },
    ],
    '金额 (CNY)': 12.5,
    Status: 'open',
    Tags: ['x', 'y'],
    下单日期: Date.UTC(2026, 0, 2, 3),
    Paid: true,
    负责人: [
      { id: 'ou_1', name: '张三', email: 'a@b.invalid' },
      { id: 'ou_2', name: 'Li' },
    ],
    Link: { link: 'https://a.invalid', text: 'home' },
    Files: [{ file_token: 'f', name: 'a.pdf', size: 1 }],
    客户: { link_record_ids: ['rec1', 'rec2'] },
    Total: { type: 2, value: [25] },
    Prices: { type: 2, value: [1, 2.5] },
    Place: { location: '1,2', full_address: 'Main Street 1', name: 'Office' },
    Later: 'whatever',
  },
});
const bare = company.addRecord(orders, 2, { fields: { 客户: { link_record_ids: null } } });

test('a Base table is a view with a typed column for each field', async () => {
  const outcomes = await show();
  assert.equal(outcomes.get('base_订单_orders')?.status, 'created');
  const { record_id: _, created_time, ...typed } = await types('base_订单_orders');
  assert.equal(created_time, 'timestamp with time zone');
  assert.partialDeepStrictEqual(typed, {
    订单: 'text',
    金额_cny: 'numeric',
    status: 'text',
    tags: 'text[]',
    下单日期: 'timestamp with time zone',
    paid: 'boolean',
    负责人: 'text[]',
    负责人_id: 'text[]',
    link: 'text',
    files: 'text[]',
    客户: 'text[]',
    total: 'numeric',
    prices: 'numeric[]',
    place: 'text',
    later: 'text',
  });
});

test('cells have the values that people see in Lark', async () => {
  const [row] = await rows(
    `select * from lark_views."base_订单_orders" where record_id = '${full.record_id}'`,
  );
  assert.partialDeepStrictEqual(row, {
    订单: 'A @B',
    金额_cny: '12.5',
    status: 'open',
    tags: ['x', 'y'],
    下单日期: new Date(Date.UTC(2026, 0, 2, 3)),
    paid: true,
    负责人: ['张三', 'Li'],
    负责人_id: ['ou_1', 'ou_2'],
    link: 'home',
    files: ['a.pdf'],
    客户: ['rec1', 'rec2'],
    total: '25',
    prices: [1, 2.5],
    place: 'Main Street 1',
    later: 'whatever',
  });
});

test('an empty cell is null, and a box that was never ticked is false', async () => {
  const [row] = await rows(
    `select * from lark_views."base_订单_orders" where record_id = '${bare.record_id}'`,
  );
  const { paid, ...others } = row ?? {};
  assert.equal(paid, false);
  for (const name of [
    '订单',
    '金额_cny',
    'tags',
    '下单日期',
    '负责人',
    '客户',
    'total',
    'prices',
  ]) {
    assert.equal(others[name], null, name);
  }
});

test('a value that is not what its field promises is null, and no view fails for it', async () => {
  const odd = company.addRecord(orders, 3, {
    fields: {
      '金额 (CNY)': 'twelve',
      下单日期: 9e18,
      Tags: 'alone',
      负责人: 'nobody',
      客户: 'rec9',
      Total: { type: 2, value: [] },
    },
  });
  await show();
  const [row] = await rows(
    `select * from lark_views."base_订单_orders" where record_id = '${odd.record_id}'`,
  );
  assert.partialDeepStrictEqual(row, {
    金额_cny: null,
    下单日期: null,
    tags: ['alone'],
    负责人: ['nobody'],
    负责人_id: null,
    客户: null,
    total: null,
  });
});

test('the comment of a column names the field and its id', async () => {
  const [{ comment } = { comment: '' }] = await rows<{ comment: string }>(
    `select col_description(attrelid, attnum) as comment from pg_attribute
where attrelid = 'lark_views."base_订单_orders"'::regclass and attname = '金额_cny'`,
  );
  assert.equal(comment, 'Field 金额 (CNY), Any: number. [fldnumber1]');
});

test('nothing is touched when nothing changed', async () => {
  const outcomes = await show();
  const touched = [...outcomes.values()].filter(({ status }) => status !== 'unchanged');
  assert.deepEqual(touched, []);
});

test('two tables or fields of one name get the end of their ids', async () => {
  const one = company.addTable(base, { name: 'Twin' });
  const other = company.addTable(base, {
    name: 'twin!',
    fields: [
      field('fldsame001', 'A-B', 1, { is_primary: true }),
      field('fldsame002', 'a b', 2),
      field('fldsame003', 'Record ID', 2),
    ],
  });
  const outcomes = await show();
  const names = [one, other].map(({ table_id: id }) => `base_twin_${id.slice(-8).toLowerCase()}`);
  for (const name of names) assert.ok(outcomes.has(name), name);
  const columns = Object.keys(await types(names[1] ?? ''));
  for (const name of ['a_b_dsame001', 'a_b_dsame002', 'record_id_dsame003']) {
    assert.ok(columns.includes(name), name);
  }
});

test('hostile names are names, and nothing else', async () => {
  const hostile = [
    '"; drop schema lark cascade; --',
    "'); select 1; --",
    '表'.repeat(100),
    '\u0007\u001b[31m',
    '$$ $larkhouse$ %s \\',
    'select',
    '🐯',
    'اسم',
    ' ',
  ];
  const table = company.addTable(base, {
    name: hostile[0] ?? '',
    fields: hostile.map((name, at) =>
      field(`fldhost${String(at).padStart(3, '0')}`, name, 2, { is_primary: at === 0 }),
    ),
  });
  company.addRecord(table, 1, {
    fields: Object.fromEntries(hostile.map((name, at) => [name, at])),
  });
  const outcomes = await show();
  const view = 'base_drop_schema_lark_cascade';
  assert.equal(outcomes.get(view)?.status, 'created');
  const [row = {}] = await rows(`select * from lark_views."${view}"`);
  const numbers = Object.values(row).filter((value) => /^\d$/.test(String(value)));
  assert.deepEqual(numbers.map(Number).sort(), [...hostile.keys()]);
});
