// Views are made, kept up to date, and never cost anybody what was built on them.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openPool } from '../../../src/load/pool.ts';
import { buildViews } from '../../../src/load/views/build.ts';
import { maskedViews } from '../../../src/load/views/masked.ts';
import type { View } from '../../../src/load/views/view.ts';
import { everyStream } from '../../../src/modules/everything.ts';
import { testDatabase } from '../../postgres.ts';
import { loginsOf } from '../logins.ts';

const database = await testDatabase();
const logins = loginsOf(database.url);
const reader = await logins.add('reader');
const readerRole = new URL(reader).username;
const pool = openPool(database.url);
after(async () => {
  await pool.end();
  await database.drop();
  await logins.drop();
});

const tables = everyStream
  .flatMap((stream) => [...stream.tables])
  .filter(({ bookkeeping }) => bookkeeping !== true);

const names = (...given: readonly string[]): View['columns'] =>
  given.map((name) => ({ name, comment: `The ${name}.`, value: `t."${name}"` }));

const people: View = {
  name: 'people',
  comment: "It's all \\people.",
  columns: names('open_id', 'name'),
  from: 'lark.contact_users t where t.deleted_at is null',
};

async function build(view: View): Promise<string> {
  const [built] = await buildViews(pool, 'lark_views', [view]);
  return built?.reason === undefined ? String(built?.status) : `${built.status}: ${built.reason}`;
}

async function columnsOf(view: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = 'lark_views.${view}'::regclass and attnum > 0 order by attnum`,
  );
  return rows.map(({ name }) => name);
}

/** What Postgres has written of the view, in versions of its rows. */
async function traces(view: string): Promise<unknown> {
  const { rows } = await pool.query(
    `select c.xmin, c.oid, (select array_agg(d.xmin::text order by objsubid) from pg_description d where d.objoid = c.oid) as comments
from pg_class c where c.oid = 'lark_views.${view}'::regclass`,
  );
  return rows;
}

test('a view is made with its comments, in a schema that is made for it', async () => {
  assert.equal(await build(people), 'created');
  const { rows } = await pool.query(
    `select obj_description(oid, 'pg_class') as view, col_description(oid, 2) as column, reloptions
from pg_class where oid = 'lark_views.people'::regclass`,
  );
  assert.deepEqual(rows, [
    { view: people.comment, column: 'The name.', reloptions: ['security_barrier=true'] },
  ]);
});

test('a view that is right is not touched', async () => {
  const before = await traces('people');
  assert.equal(await build(people), 'unchanged');
  assert.deepEqual(await traces('people'), before);
});

test('a new comment is written, and so is a lost barrier', async () => {
  const described = { ...people, comment: 'All people.' };
  assert.equal(await build(described), 'changed');
  assert.equal(await build(described), 'unchanged');
  await pool.query('alter view lark_views.people reset (security_barrier)');
  assert.equal(await build(described), 'changed');
  assert.equal(await build(people), 'changed');
});

test('a new column comes last, and what others built on the view stays', async () => {
  await pool.query('create schema reports');
  await pool.query('create view reports.names as select name from lark_views.people');
  const wider = { ...people, columns: names('open_id', 'job_title', 'name') };
  assert.equal(await build(wider), 'changed');
  assert.deepEqual(await columnsOf('people'), ['open_id', 'name', 'job_title']);
  assert.equal(await build(wider), 'unchanged');
  assert.deepEqual((await pool.query('table reports.names')).rows, []);
});

test('a condition changes in place', async () => {
  const all = {
    ...people,
    columns: names('open_id', 'name', 'job_title'),
    from: 'lark.contact_users t',
  };
  assert.equal(await build(all), 'changed');
  assert.equal(await build(all), 'unchanged');
});

test('while others depend on it, a view keeps a column that it should not have, and that is told', async () => {
  assert.equal(
    await build(people),
    'kept: its columns changed, and others depend on it: view reports.names depends on view lark_views.people',
  );
  assert.deepEqual(await columnsOf('people'), ['open_id', 'name', 'job_title']);
});

test('when nothing depends on it, it loses the column and keeps its privileges', async () => {
  await pool.query('drop view reports.names');
  await pool.query(`grant select on lark_views.people to ${readerRole} with grant option`);
  await pool.query('grant select on lark_views.people to public');
  assert.equal(await build(people), 'changed');
  assert.deepEqual(await columnsOf('people'), ['open_id', 'name']);
  const { rows } = await pool.query(
    `select has_table_privilege($1, 'lark_views.people', 'select with grant option') as granted,
  (select count(*)::integer from pg_class c, aclexplode(c.relacl) where c.oid = 'lark_views.people'::regclass and grantee = 0) as public`,
    [readerRole],
  );
  assert.deepEqual(rows, [{ granted: true, public: 1 }]);
});

test('a column whose type changed is made anew', async () => {
  const typed = {
    ...people,
    columns: [...names('open_id'), { name: 'name', comment: '', value: 'length(t.name)' }],
  };
  assert.equal(await build(typed), 'changed');
});

test('something else of that name is left alone', async () => {
  await pool.query('create table lark_views.mine as select 1 as one');
  assert.match(await build({ ...people, name: 'mine' }), /^kept: something else has this name/);
  assert.deepEqual((await pool.query('table lark_views.mine')).rows, [{ one: 1 }]);
});

test('a masked view has every column but the personal ones, the hash of the row and the mark of deletion', async () => {
  await buildViews(pool, 'lark_views', await maskedViews(pool, 'lark', tables));
  for (const { name, columns } of tables) {
    const shown = Object.keys(columns).filter((column) => columns[column]?.personal !== true);
    assert.deepEqual(await columnsOf(name), ['source', ...shown, 'run_id', 'synced_at'], name);
  }
  const { rows } = await pool.query(
    `select c.relname as view, a.attname as column from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum >= 0
left join pg_description d on d.objoid = c.oid and d.objsubid = a.attnum
where c.relnamespace = 'lark_views'::regnamespace and c.relname = any($1) and d.description is null`,
    [tables.map(({ name }) => name)],
  );
  assert.deepEqual(rows, []);
});

test('a masked view hides what is gone, and shows what returned', async () => {
  const seen = async (): Promise<unknown[]> =>
    (await pool.query('select open_id from lark_views.contact_users')).rows;
  await pool.query(
    "insert into lark.contact_users (source, open_id, run_id, synced_at, row_hash) values ('s', 'o', 1, now(), '')",
  );
  assert.deepEqual(await seen(), [{ open_id: 'o' }]);
  await pool.query('update lark.contact_users set deleted_at = now()');
  assert.deepEqual(await seen(), []);
});

test('a function of a reader cannot look at the rows that a masked view hides', async () => {
  await pool.query(
    'create function lark_views.leak(text) returns boolean cost 0.0001 as $$ begin raise notice $n$%$n$, $1; return true; end $$ language plpgsql',
  );
  const noticed: string[] = [];
  const client = await pool.connect();
  client.on('notice', ({ message }) => noticed.push(String(message)));
  await client.query('select from lark_views.contact_users where lark_views.leak(open_id)');
  client.release();
  assert.deepEqual(noticed, []);
});
