// Names that break what is careless: as data they are kept to the last byte, and as anything else they are nothing.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { printed, streamsIn } from '../../integration/cli/json.ts';
import { configuration, startStage } from '../../integration/cli/stage.ts';
import { held, hostileNames, unheld } from './hostile.ts';

const stage = await startStage();
after(() => stage.close());
const { company } = stage;

// Each once, also as the warehouse holds them.
const names = [...new Map(hostileNames.map((name) => [held(name), name])).values()];
const [base] = company.has.bases;
const [table] = base?.tables ?? [];
const [definition] = company.has.definitions;
assert.ok(base !== undefined && table !== undefined && definition !== undefined);

base.name = names.join('|');
table.name = names.join('/');
for (const name of names) company.addTable(base, { name });
for (const [number, name] of names.entries()) {
  const options = [{ id: `opt${number}`, name, color: 1 }];
  table.fields.push({
    field_id: `fldhostile${number}`,
    field_name: name,
    type: 3,
    ui_type: 'SingleSelect',
    is_primary: false,
    property: { options },
    is_hidden: false,
  });
}
for (const name of names) {
  const fields = Object.fromEntries(
    [...names.entries()].map(([at, one]) => [one, at === 0 ? name : at]),
  );
  company.addRecord(table, Date.now(), {
    fields: { 标题: [{ type: 'text', text: name }], ...fields },
  });
}
definition.approval_name = names.join(' ');
for (const [number, user] of company.has.users.entries()) user.name = names[number * 40] ?? '';
const yaml = configuration(company, stage.tenant.url);
await stage.configure(yaml.replace(/(app_token: \w+)/, `$1, table_id: ${table.table_id}`));

/** All tables, functions and roles there are. */
const everything = `select nspname, relname::text from pg_class c join pg_namespace n on n.oid = relnamespace
where nspname !~ '^(pg_|lark_views$)' and relname <> 'sync_schema_changes' union all
select nspname, proname from pg_proc join pg_namespace n on n.oid = pronamespace
where nspname !~ '^(pg_|lark_views$)'
union all select 'role', rolname from pg_roles order by 1, 2`;

await stage.rows('create table lark.sentinel (n integer)');
const tablesBefore = await stage.rows(everything);
const first = await stage.run(['sync', '--json']);
const streams = streamsIn(printed(first.stdout));

async function column(sql: string): Promise<unknown[]> {
  return (await stage.rows<{ value: unknown }>(sql)).map(({ value }) => value);
}

test('fault 23: two hundred hostile names of tables, fields and options are data, to the last byte', async () => {
  assert.equal(first.code, 0, first.stderr);
  assert.ok(names.length >= 195);
  assert.deepEqual(await column('select name as value from lark.base_apps'), [held(base.name)]);
  assert.deepEqual(
    await column('select name as value from lark.base_tables order by table_id'),
    base.tables
      .toSorted((a, b) => (a.table_id < b.table_id ? -1 : 1))
      .map(({ name }) => held(name)),
  );
  const fields = await stage.rows<{ field_name: string; option: string }>(
    `select field_name, property #>> '{options,0,name}' as option from lark.base_fields
where field_id like 'fldhostile%' order by substr(field_id, 11)::integer`,
  );
  assert.deepEqual(
    fields.map(({ field_name, option }) => [field_name, option]),
    names.map((name) => [held(name), held(name)]),
  );
});

test('fault 23: cells under hostile names hold hostile texts, and every character that was replaced is counted', async () => {
  const rows = await stage.rows<{ fields: Readonly<Record<string, unknown>> }>(
    `select fields from lark.base_records where fields ? '${held(names[0] ?? '')}' order by record_id`,
  );
  assert.equal(rows.length, names.length);
  for (const [number, { fields }] of rows.entries()) {
    const name = held(names[number] ?? '');
    const { 标题: title, ...others } = fields;
    assert.deepEqual(title, [{ type: 'text', text: name }]);
    assert.deepEqual(
      new Map(Object.entries(others)),
      new Map(names.map((key, at) => [held(key), at === 0 ? name : at])),
    );
  }
  const replaced = (stream: string): number => {
    const [, count] =
      /(\d+) characters that Postgres cannot hold/.exec(String(streams[stream]?.['warnings'])) ??
      [];
    return Number(count);
  };
  const inNames = unheld(names.join(''));
  assert.ok(inNames > 10);
  // Each in a name of a table of its own, and all of them in that of the chosen one.
  assert.equal(replaced('base.tables'), 2 * inNames);
  assert.equal(replaced('base.fields'), 2 * inNames);
  assert.equal(replaced('base.records'), names.length * inNames + 2 * inNames);
});

test('fault 23: nothing in a name is executed, and a second reading finds nothing changed', async () => {
  const { code, stdout } = await stage.run(['sync', '--full', '--json']);
  assert.equal(code, 0);
  for (const stream of Object.values(streamsIn(printed(stdout)))) {
    const { inserted, updated, deleted } = stream;
    assert.deepEqual({ inserted, updated, deleted }, { inserted: 0, updated: 0, deleted: 0 });
  }
  assert.deepEqual(await stage.rows(everything), tablesBefore);
  assert.deepEqual(await stage.rows('select from lark.sentinel'), []);
});

test('fault 23: typed views are made of hostile names', async () => {
  const { code, stderr } = await stage.run(['views']);
  assert.equal(code, 0, stderr);
  assert.deepEqual(await stage.rows('select from lark.sentinel'), []);
});

const commands: readonly (readonly string[])[] = [
  ['sync', 'base', '--full'],
  ['check'],
  ['discover'],
  ['status'],
  ['plan'],
  ['query', 'select name from lark.base_tables union all select field_name from lark.base_fields'],
];

// Some would do: discover reads the fields of every table.
const someTables = base.tables.slice(0, 8);

for (const args of commands) {
  test(`fault 23: ${args[0]} shows no name that steers a terminal`, async () => {
    if (args[0] === 'discover') base.tables.splice(0, base.tables.length, ...someTables);
    const { code, stdout, stderr } = await stage.run(args);
    assert.equal(code, 0, stderr);
    for (const text of [stdout, stderr]) {
      const [steering] = /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.exec(text) ?? [];
      assert.equal(steering, undefined, `it shows U+${steering?.codePointAt(0)?.toString(16)}`);
    }
  });
}
