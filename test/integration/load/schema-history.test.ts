// How Bases change is noted once a change, whatever else their tables go through.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { handmadeCompany } from '../../../src/demo/company/handmade.ts';
import { noteSchema, schemaChanges } from '../../../src/load/schema-history.ts';
import { type Engine, startEngine } from '../../engine.ts';

const company = handmadeCompany();
const base = company.addBase({ name: '销售' });
const orders = company.addTable(base, { name: 'Orders' });
const modules = { base: [{ kind: 'app', token: base.app_token }] } as const;

let engine: Engine;
before(async () => {
  engine = await startEngine({ company });
});
after(() => engine.close());

/** Reads the Base and notes it; gives the changes that were not there before, in short, by name. */
async function changed(): Promise<string[]> {
  await engine.run(modules);
  const { pool } = engine;
  const sources = ['acme'];
  const [last] = await schemaChanges(pool, 'lark', { sources, limit: 1 });
  await noteSchema(pool, 'lark', sources);
  await noteSchema(pool, 'lark', sources);
  const found = await schemaChanges(pool, 'lark', {
    sources,
    ...(last === undefined ? {} : { after: last.seen_at }),
  });
  return found
    .map(({ what, field_id: field, name, name_before: before, kind, kind_before: was }) =>
      [what, field === null ? 'table' : 'field', before, name, was, kind].join(' '),
    )
    .toSorted();
}

function fieldOf(name: string, type: number, ui_type: string) {
  const field_id = `fld${name.toLowerCase()}`;
  const plain = { property: null, is_hidden: false, is_primary: false };
  return { ...plain, field_id, field_name: name, type, ui_type };
}

/** The fields of the table as they are to be; its revision moves. */
function withFields(fields: typeof orders.fields): void {
  Object.assign(orders, { fields });
  orders.revision += 1;
}

test('what a Base has when it is first read is no change', async () => {
  assert.deepEqual(await changed(), []);
  assert.deepEqual(await changed(), []);
});

test('a new, a renamed, a retyped and a deleted field are told, once each', async () => {
  const [title, amount] = orders.fields;
  assert.ok(title !== undefined && amount !== undefined);
  withFields([title, amount, fieldOf('Due', 5, 'DateTime')]);
  assert.deepEqual(await changed(), ['new field  Due  DateTime']);
  const due = { ...fieldOf('Due', 5, 'DateTime'), field_name: '到期' };
  withFields([title, { ...amount, ui_type: 'Currency' }, due]);
  assert.deepEqual(await changed(), [
    'renamed field Due 到期 DateTime DateTime',
    'retyped field 数量 数量 Number Currency',
  ]);
  withFields([title, due]);
  assert.deepEqual(await changed(), ['gone field 数量 数量 Currency Currency']);
  assert.deepEqual(await changed(), []);
});

test('a field that comes back is new again', async () => {
  withFields([
    ...orders.fields,
    { ...fieldOf('x', 2, 'Currency'), field_id: 'fldnumber1', field_name: '数量' },
  ]);
  assert.deepEqual(await changed(), ['new field 数量 数量 Currency Currency']);
});

test('a table that comes, is renamed or goes is told without its fields', async () => {
  const leads = company.addTable(base, { name: 'Leads' });
  base.revision += 1;
  assert.deepEqual(await changed(), ['new table  Leads  ']);
  leads.name = '线索';
  leads.revision += 1;
  assert.deepEqual(await changed(), ['renamed table Leads 线索  ']);
  base.tables.splice(base.tables.indexOf(leads), 1);
  assert.deepEqual(await changed(), ['gone table 线索 线索  ']);
});

test('another source is not noted, and a change names its Base and table', async () => {
  const { pool } = engine;
  await noteSchema(pool, 'lark', ['other']);
  assert.deepEqual(await schemaChanges(pool, 'lark', { sources: ['other'] }), []);
  const all = await schemaChanges(pool, 'lark', { sources: ['acme'] });
  const field = all.find(({ name }) => name === '到期');
  assert.equal(field?.app_name, '销售');
  assert.equal(field.table_name, 'Orders');
  const times = all.map(({ seen_at: at }) => at.getTime());
  assert.deepEqual(
    times,
    times.toSorted((one, other) => other - one),
  );
});
