import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openPool } from '../../src/load/pool.ts';
import { streamsOf } from '../../src/modules/index.ts';
import { testDatabase } from '../postgres.ts';

const streams = streamsOf({
  approval: { approvalCodes: ['A'], lookbackDays: 30, locale: 'en-US' },
  base: [{ kind: 'app', token: 'B' }],
  attendance: {
    employeeType: 'employee_id',
    userIds: [],
    includeTerminatedUsers: false,
    lookbackDays: 7,
  },
  contact: {
    departmentIds: [],
    departmentIdType: 'open_department_id',
    userIdType: 'open_id',
  },
});
const tables = streams.flatMap((stream) => stream.tables);

const database = await testDatabase();
const pool = openPool(database.url);
after(async () => {
  await pool.end();
  await database.drop();
});

const control = ['source', 'run_id', 'synced_at', 'row_hash'];

for (const table of tables) {
  test(`the columns of ${table.name} are those that its stream fills`, async () => {
    const { rows } = await pool.query<{ name: string; type: string }>(
      `select column_name as name, data_type as type from information_schema.columns
       where table_schema = 'lark' and table_name = $1`,
      [table.name],
    );
    const found = new Map(rows.map(({ name, type }) => [name, type]));
    for (const name of control) assert.ok(found.delete(name), `${table.name} has ${name}`);
    assert.equal(found.delete('deleted_at'), table.marksDeletion === true);
    const declared = Object.entries(table.columns).map(([name, { type }]) => [
      name,
      type === 'timestamptz' ? 'timestamp with time zone' : type,
    ]);
    assert.deepEqual([...found].sort(), declared.sort());
  });

  test(`the key of ${table.name} is its source and what its stream says`, async () => {
    const { rows } = await pool.query<{ column: string }>(
      `select a.attname as column from pg_index i
       join lateral unnest(i.indkey) with ordinality as k(attnum, place) on true
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
       where i.indrelid = ('lark.' || $1)::regclass and i.indisprimary order by place`,
      [table.name],
    );
    assert.deepEqual(
      rows.map(({ column }) => column),
      ['source', ...table.key],
    );
  });
}

test('every table and every column has a comment', async () => {
  const { rows } = await pool.query<{ place: string }>(
    `select c.relname || coalesce('.' || a.attname, '') as place
     from pg_class c
     left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     left join pg_description d on d.objoid = c.oid and d.objsubid = coalesce(a.attnum, 0)
     where c.relnamespace = 'lark'::regnamespace and c.relkind = 'r' and d.description is null
       and c.relname not like 'schema\\_migrations%'`,
  );
  assert.deepEqual(rows, []);
});
