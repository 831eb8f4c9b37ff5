// The tenant's own schema changes between two runs, or while one reads.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Base, Table } from '../../src/demo/company/base.ts';
import { meanwhile } from '../../src/demo/fault-answers.ts';
import { streamsOf, unfinishedIn } from './scene/process.ts';
import { startScene } from './scene.ts';

const scene = await startScene();
after(() => scene.close());
const { company } = scene;

function baseAndTable(): readonly [Base, Table] {
  const [base] = company.has.bases;
  const [table] = base?.tables ?? [];
  assert.ok(base !== undefined && table !== undefined);
  return [base, table];
}

function addField(table: Table): void {
  const [first] = table.fields;
  assert.ok(first !== undefined);
  const field = { field_id: 'fldnew0001', field_name: 'New', is_primary: false };
  table.fields.push({ ...first, ...field });
  for (const record of table.records.slice(0, 10)) record.fields['New'] = 'filled';
  table.revision += 1;
}

function rename(table: Table): void {
  const [first] = table.fields;
  assert.ok(first !== undefined);
  first.field_name = '题目 "2"; drop table';
  for (const { fields } of table.records) {
    fields[first.field_name] = fields['标题'];
    delete fields['标题'];
  }
  table.revision += 1;
}

function retype(table: Table): void {
  const number = table.fields[1];
  assert.ok(number !== undefined);
  Object.assign(number, { type: 1, ui_type: 'Text' });
  for (const { fields } of table.records.slice(0, 20))
    fields['数量'] = [{ type: 'text', text: '7' }];
  table.revision += 1;
}

function deleteField(table: Table): void {
  table.fields.splice(1, 1);
  for (const { fields } of table.records) delete fields['数量'];
  table.revision += 1;
}

const changes: Readonly<Record<string, (table: Table) => void>> = {
  'is new': addField,
  'was renamed': rename,
  'has another type': retype,
  'is gone': deleteField,
};

for (const [what, change] of Object.entries(changes)) {
  test(`fault 22: a field that ${what} changes rows and no column, and the run completes`, async () => {
    const trial = await scene.trial();
    change(baseAndTable()[1]);
    assert.deepEqual(unfinishedIn(await trial.run()), []);
    await trial.prove();
  });
}

test('fault 22: a table that is gone is marked deleted with its fields and records, and keeps their values', async () => {
  const trial = await scene.trial();
  const [base, table] = baseAndTable();
  base.tables.shift();
  base.revision += 1;
  assert.deepEqual(unfinishedIn(await trial.run()), []);
  const [counts] = await trial.rows(
    `select (select count(*)::integer from lark.base_tables where table_id = $1 and deleted_at is null) as tables,
(select count(*)::integer from lark.base_fields where table_id = $1 and deleted_at is null) as fields,
(select count(*)::integer from lark.base_records where table_id = $1 and deleted_at is null) as records,
(select count(*)::integer from lark.base_records where table_id = $1 and fields ? '数量') as kept`,
    [table.table_id],
  );
  assert.deepEqual(counts, { tables: 0, fields: 0, records: 0, kept: 600 });
  await trial.prove();
});

test('fault 22: a table that vanishes while it is read fails its stream alone, and the next run marks it', async () => {
  const trial = await scene.trial();
  const [base] = baseAndTable();
  const vanish = meanwhile(() => {
    base.tables.shift();
    base.revision += 1;
  });
  scene.tenant.faults.next('base.records.search', {});
  scene.tenant.faults.next('base.records.search', vanish);
  const ended = await trial.run();
  assert.equal(ended.code, 1);
  for (const [name, { status }] of Object.entries(streamsOf(ended))) {
    if (!name.startsWith('base.')) assert.equal(status, 'complete', name);
  }
  await trial.prove();
});

test('fault 22: a value of another type than its column is null there, kept raw, and told', async () => {
  const trial = await scene.trial();
  const [user] = company.has.users;
  assert.ok(user !== undefined);
  Object.assign(user, { gender: 'undisclosed', city: { id: 7, name: '上海' } });
  const ended = await trial.run();
  assert.deepEqual(unfinishedIn(ended), []);
  const [row] = await trial.rows(
    `select gender, city, payload->>'gender' as raw from lark.contact_users where open_id = $1`,
    [user.open_id],
  );
  assert.deepEqual(row, { gender: null, city: '{"id":7,"name":"上海"}', raw: 'undisclosed' });
  const warnings = String(streamsOf(ended)['contact.users']?.['warnings']);
  assert.match(
    warnings,
    /1 values of contact_users\.gender do not fit its type and are null there/,
  );
  await trial.prove();
});
