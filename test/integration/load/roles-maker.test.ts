// Roles are made without a superuser, by who has CREATEROLE and the schemas, and kept up with the tables; who
// lacks something is told. The role that tests connect with is no superuser.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { describe, WarehouseError } from '../../../src/errors.ts';
import { migrateDown, migrateUp } from '../../../src/load/migrate.ts';
import { openPool } from '../../../src/load/pool.ts';
import { emptiedBy } from '../../../src/load/rights.ts';
import { createRoles, renewGrants } from '../../../src/load/roles/create.ts';
import { everyStream } from '../../../src/modules/everything.ts';
import { testDatabase } from '../../postgres.ts';
import { loginsOf } from '../logins.ts';

const database = await testDatabase();
const logins = loginsOf(database.url);
const { roles } = logins;
const admin = openPool(database.url);
const place = {
  schema: 'theirs',
  viewsSchema: 'their_views',
  emptied: emptiedBy(everyStream),
  personal: [],
};
after(async () => {
  await admin.end();
  await database.drop();
  await logins.drop();
});

async function told(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof WarehouseError);
  return describe(error);
}

async function ownersOf(schema: string): Promise<string[]> {
  const { rows } = await admin.query<{ owner: string }>(
    `select distinct pg_get_userbyid(relowner) as owner from pg_class c
where relkind in ('r', 'S', 'v') and relnamespace = (select oid from pg_namespace where nspname = $1)`,
    [schema],
  );
  return rows.map(({ owner }) => owner);
}

test('who does not own the schemas is told who can do it, and no role is left behind', async () => {
  const maker = openPool(await logins.add('maker', [], 'createrole'));
  const message = await told(createRoles(maker, roles, { ...place, schema: 'lark' }));
  await maker.end();
  assert.match(message, /_login_maker may not do this: .*Next: let the owner of the schemas/);
  const { rows } = await admin.query('select from pg_roles where rolname = any($1)', [
    Object.values(roles),
  ]);
  assert.equal(rows.length, 0);
});

test('who has CREATEROLE and the schemas makes the roles, and goes on to act for their owner', async () => {
  const { rows } = await admin.query('select rolsuper from pg_roles where rolname = current_user');
  assert.deepEqual(rows, [{ rolsuper: false }]);
  await migrateUp(database.url, place.schema);
  assert.equal((await createRoles(admin, roles, place)).length, 4);
  assert.deepEqual(await ownersOf('theirs'), [roles.owner]);
  assert.deepEqual(await createRoles(admin, roles, place), []);
});

test('later migrations make what belongs to the owner, and the grants follow', async () => {
  for (const step of [migrateDown, migrateUp])
    assert.notDeepEqual(await step(database.url, 'theirs'), []);
  assert.deepEqual(await ownersOf('theirs'), [roles.owner]);
  assert.deepEqual(await renewGrants(admin, place), roles);
});

test('what somebody else made in the schemas is theirs to grant', async () => {
  await admin.query(
    `create view their_views.own as select 1 as one; grant select on their_views.own to ${roles.loader}`,
  );
  assert.deepEqual(await renewGrants(admin, place), roles);
  const { rows } = await admin.query(
    `select has_table_privilege('${roles.loader}', 'their_views.own', 'select') as loader,
  has_table_privilege('${roles.analyst}', 'their_views.own', 'select') as analyst`,
  );
  assert.deepEqual(rows, [{ loader: true, analyst: false }]);
});

test('without roles, and for who may not act for their owner, there is nothing to renew', async () => {
  assert.equal(await renewGrants(admin, { ...place, schema: 'lark' }), undefined);
  const other = openPool(await logins.add('other', [roles.loader]));
  assert.equal(await renewGrants(other, place), undefined);
  await other.end();
});

test('a role that lost the right to make temporary tables gets it from the owner of the database', async () => {
  const right = async (): Promise<unknown> => {
    const { rows } = await admin.query(
      `select has_database_privilege('${roles.loader}', current_database(), 'temporary') as may`,
    );
    return rows[0];
  };
  await admin.query(
    "do $$ begin execute format('revoke all on database %I from public', current_database()); end $$",
  );
  assert.deepEqual(await right(), { may: false });
  await createRoles(admin, roles, place);
  assert.deepEqual(await right(), { may: true });
});
