// A warehouse with roles, used as it is meant: the owner migrates, the loader syncs.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { loginsOf } from '../logins.ts';
import { printed, streamsIn } from './json.ts';
import { startStage } from './stage.ts';

const stage = await startStage();
const logins = loginsOf(stage.url);
const { owner, loader } = logins.roles;
after(async () => {
  await stage.close();
  await logins.drop();
});
const { company } = stage;
const makeRoles = ['migrate', 'roles', '--prefix', logins.prefix];
const as = (url: string) => ({ DATABASE_URL: url });

test('who may not make roles is told who has to, and nothing is done', async () => {
  const { code, stderr } = await stage.run(makeRoles, as(await logins.add('nobody')));
  assert.equal(code, 1);
  assert.match(stderr, new RegExp(`may not create roles: ${owner}, ${loader}, `));
  assert.match(stderr, /Next: let a superuser.* what larkhouse migrate roles --sql prints/);
  assert.deepEqual(await stage.rows(`select from pg_roles where rolname = '${owner}'`), []);
});

test('the statements are printed without a warehouse, and do all of it, twice as well as once', async () => {
  const nowhere = as('postgres://x@127.0.0.1:1/x');
  const { code, stdout } = await stage.run([...makeRoles, '--sql'], nowhere);
  assert.equal(code, 0);
  for (let time = 0; time < 2; time += 1) await stage.rows(stdout);
  const again = await stage.run([...makeRoles, '--json']);
  assert.equal(again.code, 0, again.stderr);
  assert.deepEqual(printed(again.stdout), { roles: logins.roles, created: [] });
});

test('the loader syncs all there is: new, changed, deleted, held back, rejected, again', async () => {
  const env = as(await logins.add('loader', [loader]));
  const sync = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await stage.run(['sync', '--json', ...args], env);
    assert.doesNotMatch(`${stdout}${stderr}`, /permission denied|may not do this/);
    return { code, streams: streamsIn(printed(stdout)) };
  };
  for (const record of Array.from({ length: 200 }).keys()) {
    const [table] = company.has.bases[0]?.tables ?? [];
    if (table !== undefined) company.addRecord(table, Date.now() - record);
  }
  assert.equal((await sync()).code, 0);

  const [instance] = company.has.instances;
  const [table] = company.has.bases[0]?.tables ?? [];
  assert.ok(instance !== undefined && table !== undefined);
  instance.form.length = 0;
  company.advance(instance, 'approve', Date.now());
  company.deleteRecord(table, table.records[0] ?? assert.fail());
  company.has.users.pop();
  company.has.punches.shift();
  const changed = await sync('--full');
  assert.equal(changed.code, 0);
  for (const name of ['base.records', 'approval.instances', 'contact.users', 'attendance.flows']) {
    assert.ok(Number(changed.streams[name]?.['deleted']) > 0, name);
  }

  for (let record = 0; record < 150; record += 1) {
    company.deleteRecord(table, table.records[0] ?? assert.fail());
  }
  const held = await sync();
  assert.equal(held.streams['base.records']?.['status'], 'incomplete');
  assert.equal((await sync()).streams['base.records']?.['deleted'], 150);

  const record = company.addRecord(table, Date.now());
  await stage.rows(
    `alter table lark.base_records add constraint sane check (record_id <> '${record.record_id}') not valid`,
  );
  assert.equal((await sync()).streams['base.records']?.['rejected'], 1);
  await stage.rows('alter table lark.base_records drop constraint sane');
  assert.equal((await sync('--retry-rejected')).code, 0);
  assert.equal((await sync('--dry-run', '--full')).code, 0);

  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  for (const args of [
    ['replay'],
    ['backfill', 'attendance', '--from', day, '--to', day],
    ['status'],
    ['plan'],
    ['check'],
    ['query', 'select count(*) from lark.contact_users'],
  ]) {
    const { code, stdout, stderr } = await stage.run(args, env);
    assert.equal(code, 0, `${args[0]}: ${stdout}${stderr}`);
  }
});

test('what is not the loader’s to do is refused in words, and the owner does it', async () => {
  const [few, all] = [
    as(await logins.add('loader2', [loader])),
    as(await logins.add('owner', [owner])),
  ];
  assert.equal((await stage.run(['migrate', 'down', '--yes'], all)).code, 0);
  for (const args of [['sync'], ['migrate', 'up'], ['views']]) {
    const { code, stderr } = await stage.run(args, few);
    assert.equal(code, 1, args[0]);
    assert.match(stderr, /may not|permission denied/);
  }
  const up = await stage.run(['migrate', 'up'], all);
  assert.equal(up.code, 0, up.stderr);
  assert.match(up.stdout, new RegExp(`${loader}, .* have their privileges`));
  assert.equal((await stage.run(['sync', '--json'], few)).code, 0);
  assert.equal((await stage.run(['reset', 'contact', '--yes'], few)).code, 1);
  assert.equal((await stage.run(['reset', 'contact', '--yes'], all)).code, 0);

  const views = await stage.run(['views', '--json'], all);
  assert.equal(views.code, 0, views.stderr);
  const [row] = await stage.rows(
    `select count(*) filter (where pg_get_userbyid(relowner) = '${owner}') = count(*) as "isOwners"
from pg_class where relnamespace in ('lark'::regnamespace, 'lark_views'::regnamespace) and relkind in ('r', 'v')`,
  );
  assert.deepEqual(row, { isOwners: true });
});

test('a prefix that could not be part of a name is a mistake of usage', async () => {
  const { code, stderr } = await stage.run(['migrate', 'roles', '--prefix', 'x"; drop']);
  assert.equal(code, 2);
  assert.match(stderr, /--prefix must be a lower-case name/);
});
