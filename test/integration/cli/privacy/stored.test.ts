// Personal values that are stored: in which columns they arrive, who sees them, and how they go.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Client } from 'pg';
import { loginsOf } from '../../logins.ts';
import {
  allCanaries,
  canariesIn,
  canary,
  personalColumns,
  startAviary,
  sync,
  tables,
  treatingAll,
} from './canaries.ts';

const stage = await startAviary();
const logins = loginsOf(stage.url);
after(async () => {
  await stage.close();
  await logins.drop();
});
assert.equal((await sync(stage)).code, 0);

test('what is personal arrives', async () => {
  assert.deepEqual(await canariesIn(stage), allCanaries);
});

test('it stands in columns that are declared as personal, and in no other', async () => {
  for (const { name, columns } of tables) {
    for (const column of Object.keys(columns)) {
      if (columns[column]?.personal === true) continue;
      const rows = await stage.rows<{ text: string | null }>(
        `select t."${column}"::text as text from lark.${name} t`,
      );
      for (const { text } of rows) assert.doesNotMatch(text ?? '', canary, `${name}.${column}`);
    }
  }
});

test('an analyst finds nothing of it in any view, and may read no column that holds it', async () => {
  const made = await stage.run(['migrate', 'roles', '--prefix', logins.prefix]);
  assert.equal(made.code, 0, made.stderr);
  assert.equal((await stage.run(['views'])).code, 0);
  const analyst = new Client(await logins.add('analyst', [logins.roles.analyst]));
  await analyst.connect();
  try {
    const { rows: views } = await analyst.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
where relkind in ('r', 'p', 'v', 'm', 'f') and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
  and nspname not in ('pg_catalog', 'information_schema')`,
    );
    const masked = tables.filter(({ bookkeeping }) => bookkeeping !== true);
    const names = new Set(views.map(({ name }) => name));
    for (const { name } of masked) assert.ok(names.delete(`lark_views.${name}`), name);
    assert.deepEqual(
      [...names].filter((name) => !name.startsWith('lark_views.')),
      [],
    );
    let seen = 0;
    for (const { name } of views) {
      const { rows } = await analyst.query<{ text: string }>(
        `select t::text as text from ${name} t`,
      );
      seen += rows.length;
      for (const { text } of rows) assert.doesNotMatch(text, canary, name);
    }
    assert.ok(seen > 50);
    for (const { table, column } of personalColumns) {
      const text = `select "${column}" from lark_views.${table}`;
      await assert.rejects(analyst.query(text), /does not exist/, text);
    }
  } finally {
    await analyst.end();
  }
});

test('once all is dropped, a full sync rewrites the rows, and nothing of it is left in any table', async () => {
  await treatingAll(stage, () => 'drop');
  const { code, streams } = await sync(stage, '--full');
  assert.equal(code, 0);
  for (const name of ['contact.users', 'attendance.flows', 'base.records', 'approval.instances']) {
    assert.ok(Number(streams[name]?.['updated']) > 0, name);
  }
  assert.deepEqual(await canariesIn(stage), []);
});

test('what is rejected then is kept without it', async () => {
  const { has } = stage.company;
  const [record, punch] = [has.bases[0]?.tables[0]?.records[0], has.punches[0]];
  assert.ok(record !== undefined && punch !== undefined);
  Object.assign(record, { record_id: undefined });
  await stage.rows(
    `alter table lark.attendance_flows add constraint sane check (record_id <> '${punch.record_id}') not valid`,
  );
  Object.assign(punch, { comment: 'canary-punch, again', type: 1 });
  assert.equal((await sync(stage, '--full', 'attendance', 'base')).code, 1);
  const rejected = await stage.rows(
    `select stream, record_key, payload = '{"withheld":"privacy"}' as "isWithheld",
  payload::jsonb #>> '{attendance_flows,0,user_id}' as "user" from lark.rejected_records order by stream`,
  );
  assert.deepEqual(rejected, [
    {
      stream: 'attendance.flows',
      record_key: punch.record_id,
      isWithheld: false,
      user: punch.user_id,
    },
    { stream: 'base.records', record_key: '', isWithheld: true, user: null },
  ]);
  assert.deepEqual(await canariesIn(stage), []);
});
