// Each role may do what it needs and nothing else, tried by people who log in.

import assert from 'node:assert/strict';
import { after, before, describe as suite, test } from 'node:test';
import { Client } from 'pg';
import { faultOf } from '../../../src/load/failure.ts';
import { openPool } from '../../../src/load/pool.ts';
import { emptiedBy } from '../../../src/load/rights.ts';
import { createRoles, renewGrants } from '../../../src/load/roles/create.ts';
import { buildViews } from '../../../src/load/views/build.ts';
import { maskedViews } from '../../../src/load/views/masked.ts';
import { everyStream } from '../../../src/modules/everything.ts';
import { testDatabase } from '../../postgres.ts';
import { loginsOf } from '../logins.ts';

const database = await testDatabase();
const logins = loginsOf(database.url);
const admin = openPool(database.url);
const place = {
  schema: 'lark',
  viewsSchema: 'lark_views',
  emptied: emptiedBy(everyStream),
  personal: ['base_records.fields', 'base_apps.row_hash'],
};
const clients: Client[] = [];

after(async () => {
  for (const client of clients) await client.end();
  await admin.end();
  await database.drop();
  await logins.drop();
});

async function connected(url: string): Promise<Client> {
  const client = new Client(url);
  await client.connect();
  clients.push(client);
  return client;
}

/** The SQLSTATE by which a statement fails, or `done`; nothing of it stays. */
async function outcome(client: Client, statement: string): Promise<string> {
  await client.query('begin');
  try {
    await client.query(statement);
    return 'done';
  } catch (error) {
    return faultOf(error).code;
  } finally {
    await client.query('rollback');
  }
}

const denied = '42501';

const reading = ['select 1 from lark.contact_users', 'select 1 from lark.rejected_records'];
const views = [
  'select open_id, name from lark_views.contact_users',
  'table lark_views.base_apps',
  'table lark_views.harmless',
  'table lark_views.joined',
];
const personalViews = ['cells', 'counted', 'above', 'hashes'].map(
  (view) => `table lark_views.${view}`,
);
const writing = [
  `insert into lark.contact_users (source, open_id, run_id, synced_at, row_hash) values ('s', 'o', 1, now(), '')
on conflict (source, open_id) do update set run_id = 2`,
  "update lark.sync_cursors set fence = 1 where source = 's'",
  "insert into lark.sync_runs (status, command, version) values ('running', 'sync', '1') returning run_id",
  "insert into lark.rejected_records (source, stream, partition, record_key, payload, reason) values ('s', 't', 'p', 'k', '{}', 'r')",
];
const deleting = place.emptied.map((table) => `delete from lark.${table}`);
const losing = [
  'delete from lark.contact_users',
  'delete from lark.attendance_flows',
  'delete from lark.sync_runs',
  'delete from lark.sync_cursors',
  'delete from lark.rejected_records',
  'truncate lark.approval_fields',
];
const staging = ['create temp table staged (id text) on commit drop'];
const migrating = [
  'alter table lark.contact_users add column more text',
  'create table lark.more (id text)',
  'create index on lark.contact_users (name)',
  "insert into lark.schema_migrations (name, batch) values ('x', 9)",
  'update lark.schema_migrations_lock set is_locked = 1',
];
const destroying = ['drop table lark.rejected_records', 'drop schema lark_views cascade'];
const showing = [
  'create view lark_views.more as select 1 as one',
  'create or replace view lark_views.base_apps as table lark.base_apps',
];
const beyond = [
  'create role somebody',
  'create schema elsewhere',
  'select * from other.things',
  'select rolpassword from pg_authid',
  "copy lark.contact_users to program 'cat'",
  'set role postgres',
];

const may = {
  owner: [reading, views, writing, deleting, losing, staging, migrating, destroying, showing],
  loader: [reading.slice(0, 1), writing, deleting, staging, ['table lark.schema_migrations']],
  analyst: [views],
  pii: [reading, views, personalViews],
} as const;

const mayNot = {
  owner: [beyond],
  loader: [views, losing, migrating, destroying, showing, beyond],
  analyst: [
    reading,
    personalViews,
    writing,
    deleting,
    losing,
    migrating,
    destroying,
    showing,
    beyond,
  ],
  pii: [writing, deleting, losing, migrating, destroying, showing, beyond],
} as const;

before(async () => {
  await admin.query('create schema other; create table other.things (id text)');
  const made = await createRoles(admin, logins.roles, place);
  assert.deepEqual(made, Object.values(logins.roles));
  const tables = everyStream
    .flatMap((stream) => [...stream.tables])
    .filter(({ bookkeeping }) => bookkeeping !== true);
  const url = await logins.add('builder', [logins.roles.owner]);
  const pool = openPool(url);
  await buildViews(pool, 'lark_views', await maskedViews(pool, 'lark', tables));
  for (const [name, definition] of [
    ['cells', "select fields ->> 'x' as x from lark.base_records"],
    [
      'counted',
      'select count(*) as n from (select fields from lark.base_records where fields is null) r',
    ],
    ['above', 'select x from lark_views.cells'],
    ['hashes', 'select row_hash from lark.base_apps'],
    ['harmless', 'select record_id, created_time from lark.base_records'],
    ['joined', 'select a.name from lark_views.base_apps a join lark_views.harmless h on true'],
  ]) {
    await pool.query(
      `set role ${logins.roles.owner}; create view lark_views.${name} as ${definition}; reset role`,
    );
  }
  await renewGrants(pool, place);
  await pool.end();
});

for (const role of ['owner', 'loader', 'analyst', 'pii'] as const) {
  suite(`who has the role of the ${role}`, () => {
    let client: Client;
    before(async () => {
      client = await connected(await logins.add(role, [logins.roles[role]]));
    });

    for (const statement of may[role].flat()) {
      test(`may: ${statement}`, async () => {
        assert.equal(await outcome(client, statement), 'done');
      });
    }
    for (const statement of mayNot[role].flat()) {
      test(`may not: ${statement}`, async () => {
        assert.equal(await outcome(client, statement), denied);
      });
    }
  });
}

suite('roles', () => {
  test('nobody can log in as a role itself', async () => {
    const { rows } = await admin.query(
      `select rolname from pg_roles where rolname = any($1)
and (rolcanlogin or rolsuper or rolcreaterole or rolcreatedb or rolbypassrls)`,
      [Object.values(logins.roles)],
    );
    assert.deepEqual(rows, []);
  });

  test('both schemas and all in them belong to the owner', async () => {
    const { rows } = await admin.query(
      `select distinct pg_get_userbyid(relowner) as owner from pg_class
where relnamespace in ('lark'::regnamespace, 'lark_views'::regnamespace) and relkind in ('r', 'v', 'S')
union select pg_get_userbyid(nspowner) from pg_namespace where nspname in ('lark', 'lark_views')`,
    );
    assert.deepEqual(rows, [{ owner: logins.roles.owner }]);
  });

  test('making them again makes none, and takes away what is too much', async () => {
    const { loader, analyst } = logins.roles;
    await admin.query(`grant truncate on lark.contact_users to ${loader}`);
    await admin.query(`grant usage on schema lark to ${analyst}`);
    assert.deepEqual(await createRoles(admin, logins.roles, place), []);
    const { rows } = await admin.query(
      `select has_table_privilege('${loader}', 'lark.contact_users', 'truncate') as truncates,
  has_schema_privilege('${analyst}', 'lark', 'usage') as sees`,
    );
    assert.deepEqual(rows, [{ truncates: false, sees: false }]);
  });

  test('a table that the owner makes later is the loader’s to write and the analyst’s not to read', async () => {
    const { owner, loader, analyst, pii } = logins.roles;
    await admin.query(`set role ${owner}; create table lark.later (id text); reset role`);
    const { rows } = await admin.query(
      `select has_table_privilege('${loader}', 'lark.later', 'insert') as writes,
  has_table_privilege('${loader}', 'lark.later', 'delete') as deletes,
  has_table_privilege('${pii}', 'lark.later', 'select') as reads,
  has_table_privilege('${analyst}', 'lark.later', 'select') as sees`,
    );
    assert.deepEqual(rows, [{ writes: true, deletes: false, reads: true, sees: false }]);
    assert.deepEqual(
      await renewGrants(admin, { ...place, emptied: [...place.emptied, 'later'] }),
      logins.roles,
    );
    const renewed = await admin.query(
      `select has_table_privilege('${loader}', 'lark.later', 'delete') as deletes`,
    );
    assert.deepEqual(renewed.rows, [{ deletes: true }]);
  });
});
