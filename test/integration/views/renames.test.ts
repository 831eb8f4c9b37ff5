import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { field, openGallery } from './gallery.ts';

const gallery = await openGallery();
after(() => gallery.close());
const { company, rows, types } = gallery;
const { pool } = gallery.engine;

const base = company.addBase();
const modules = { base: [{ kind: 'app', token: base.app_token }] } as const;
const show = () => gallery.show(modules);

const amount = field('fldnumber1', '金额', 2);
const orders = company.addTable(base, {
  name: '订单 Orders',
  fields: [field('fldtitle01', '订单', 1, { is_primary: true }), amount],
});
const one = company.addRecord(orders, 1, { fields: { 订单: 'A', 金额: 1 } });
company.addTable(base, { name: 'Others' });
await show();

test('a view follows the names of its table and fields, with what others built on it', async () => {
  await pool.query('create view public.mine as select "金额" from lark_views."base_订单_orders"');
  orders.name = 'Sales orders';
  amount.field_name = 'Amount';
  one.fields = { Amount: 99 };
  orders.revision += 1;
  const outcomes = await show();
  assert.equal(outcomes.get('base_sales_orders')?.status, 'changed');
  const found = await rows(`select "金额" as amount from public.mine where "金额" = 99`);
  assert.equal(found.length, 1);
  assert.equal((await types('base_sales_orders'))['amount'], 'numeric');
});

test('two fields that change names with each other keep their columns for others', async () => {
  const [title] = orders.fields;
  assert.ok(title !== undefined);
  [title.field_name, amount.field_name] = [amount.field_name, title.field_name];
  orders.revision += 1;
  one.fields = { Amount: 'A', 订单: 98 };
  assert.equal((await show()).get('base_sales_orders')?.status, 'changed');
  assert.deepEqual(await rows(`select "金额" as amount from public.mine`), [{ amount: '98' }]);
});

test('a field that changes its type is kept as it was while others depend on it, and said so', async () => {
  amount.type = 1;
  orders.revision += 1;
  const kept = (await show()).get('base_sales_orders');
  assert.equal(kept?.status, 'kept');
  assert.match(kept.reason ?? '', /view mine/);
  await pool.query('drop view public.mine');
  assert.equal((await show()).get('base_sales_orders')?.status, 'changed');
  assert.equal((await types('base_sales_orders'))['订单'], 'text');
});

test('the view of a table that is gone goes, unless others depend on it', async () => {
  await pool.query('create view public.kept as select * from lark_views.base_sales_orders');
  base.tables.splice(base.tables.indexOf(orders), 1);
  const kept = (await show()).get('base_sales_orders');
  assert.equal(kept?.status, 'kept');
  await pool.query('drop view public.kept');
  assert.equal((await show()).get('base_sales_orders')?.status, 'dropped');
});
