// Odd values and odd records: kept as exactly as Postgres can, told, and never in the way of others.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { BaseRecord, Table } from '../../src/demo/company/base.ts';
import type { User } from '../../src/demo/company/people.ts';
import { streamsOf, unfinishedIn } from './scene/process.ts';
import { startScene } from './scene.ts';

const scene = await startScene();
after(() => scene.close());
const { company } = scene;

function firstTable(): Table {
  const [table] = company.has.bases[0]?.tables ?? [];
  assert.ok(table !== undefined);
  return table;
}

function add(fields: Readonly<Record<string, unknown>>): BaseRecord {
  return company.addRecord(firstTable(), scene.clock.now, { fields: { ...fields } });
}

function somebody(place: number): User {
  const user = company.has.users[place];
  assert.ok(user !== undefined);
  return user;
}

test('fault 23: NUL and lone surrogates become U+FFFD in text and JSON, and are counted', async () => {
  const trial = await scene.trial();
  const record = add({ 标题: [{ type: 'text', text: 'a\0b\ud800c 😀 \\u0000' }] });
  somebody(0).job_title = 'x\0\udfffy';
  const ended = await trial.run();
  assert.deepEqual(unfinishedIn(ended), []);
  const [row] = await trial.rows(
    "select fields->'标题'->0->>'text' as cell from lark.base_records where record_id = $1",
    [record.record_id],
  );
  assert.deepEqual(row, { cell: 'a\ufffdb\ufffdc 😀 \\u0000' });
  const [user] = await trial.rows(
    "select job_title, payload->>'job_title' as raw from lark.contact_users where open_id = $1",
    [somebody(0).open_id],
  );
  assert.deepEqual(user, { job_title: 'x\ufffd\ufffdy', raw: 'x\ufffd\ufffdy' });
  const { 'base.records': records, 'contact.users': users } = streamsOf(ended);
  assert.match(String(records?.['warnings']), /2 characters .* U\+FFFD/);
  assert.match(String(users?.['warnings']), /4 characters .* U\+FFFD/);
  await trial.prove();
});

test('fault 24: dates that are none are null with a warning and kept raw; odd ones that are dates are kept', async () => {
  const trial = await scene.trial();
  const given = [253_402_300_800, -62_135_596_801, 1_700_000_000_000, 0, -1];
  for (const [place, join_time] of given.entries()) somebody(place).join_time = join_time;
  Object.assign(somebody(4), { join_time: '' });
  const record = add({});
  record.created_time = -86_400_000;
  record.last_modified_time = 9e15;
  const ended = await trial.run();
  assert.deepEqual(unfinishedIn(ended), []);
  const rows = await trial.rows(
    `select join_time, payload->'join_time' as raw from lark.contact_users
where open_id = any($1) order by array_position($1, open_id)`,
    [company.has.users.map(({ open_id }) => open_id)],
  );
  assert.deepEqual(
    rows,
    [...given.slice(0, 4), ''].map((raw) => ({ join_time: null, raw })),
  );
  const [times] = await trial.rows(
    'select created_time, last_modified_time from lark.base_records where record_id = $1',
    [record.record_id],
  );
  assert.deepEqual(times, { created_time: new Date(-86_400_000), last_modified_time: null });
  const { 'contact.users': users, 'base.records': records } = streamsOf(ended);
  assert.match(String(users?.['warnings']), /3 values of contact_users\.join_time do not fit/);
  assert.match(String(records?.['warnings']), /1 values of base_records\.last_modified_time/);
  await trial.prove();
});

test('fault 25: 64-bit ids and numbers of any length keep every digit', async () => {
  const trial = await scene.trial();
  const ids = ['9007199254740993', '18446744073709551615', '00071234567890123456789'];
  for (const record_id of ids)
    company.addPunch(somebody(0), scene.clock.now - 60_000, { record_id });
  const digits = ['9007199254740993.12', '12345678901234567890', '-0.10'];
  const records = digits.map((text) => add({ 数量: JSON.rawJSON(text) }));
  assert.deepEqual(unfinishedIn(await trial.run()), []);
  const punches = await trial.rows<{ id: string }>(
    'select record_id as id from lark.attendance_flows where record_id = any($1)',
    [ids],
  );
  assert.deepEqual(new Set(punches.map(({ id }) => id)), new Set(ids));
  const cells = await trial.rows<{ digits: string }>(
    `select (fields->'数量')::text as digits from lark.base_records where record_id = any($1)
order by array_position($1, record_id)`,
    [records.map(({ record_id }) => record_id)],
  );
  assert.deepEqual(
    cells.map((cell) => cell.digits),
    digits,
  );
  await trial.prove();
});

test('fault 27: records that Postgres refuses are set aside whole, each alone, and the others are loaded', async () => {
  const trial = await scene.trial();
  const { table_id } = firstTable();
  const app = company.has.bases[0]?.app_token ?? '';
  const poison = Array.from({ length: 3 }, () => add({ 数量: JSON.rawJSON('1e400000') }));
  const ended = await trial.run();
  assert.equal(ended.code, 1);
  const { status, rejected, inserted } = streamsOf(ended)['base.records'] ?? {};
  assert.deepEqual([status, rejected], ['incomplete', 3]);
  assert.ok(Number(inserted) > 0);
  const rows = await trial.rows<{ key: string; sqlstate: string; payload: string }>(
    'select record_key as key, sqlstate, payload from lark.rejected_records order by 1',
  );
  const keys = poison.map(({ record_id }) => [app, table_id, record_id]);
  assert.deepEqual(
    rows.map(({ key }) => JSON.parse(key)),
    keys,
  );
  for (const { sqlstate, payload } of rows) {
    assert.equal(sqlstate, '22003');
    assert.match(payload, /1e400000/);
  }
  await trial.prove({ rejected: keys.map((key) => key.join('/')) });
});

test('fault 27: a record that was refused and is mended is loaded, and its rejection resolved', async () => {
  const trial = await scene.trial();
  const poison = add({ 数量: JSON.rawJSON('1e400000') });
  assert.equal((await trial.run()).code, 1);
  company.editRecord(firstTable(), poison, { 数量: 7 }, scene.clock.now);
  assert.equal((await trial.run()).code, 0);
  const rows = await trial.rows(
    'select resolved_at is not null as resolved from lark.rejected_records',
  );
  assert.deepEqual(rows, [{ resolved: true }]);
  await trial.prove();
});

test('fault 27: when too many are refused the stream stops and says so; mended, the next run loads them all', async () => {
  const trial = await scene.trial();
  const poison = Array.from({ length: 20 }, () => add({ 数量: JSON.rawJSON('1e400000') }));
  const ended = await trial.run();
  assert.equal(ended.code, 1);
  const { error } = streamsOf(ended)['base.records'] ?? {};
  assert.match(String(error), /20 of \d+ records were rejected.*see reason in rejected_records/s);
  for (const record of poison) {
    company.editRecord(firstTable(), record, { 数量: 1 }, scene.clock.now);
  }
  await trial.prove();
});

test('fault 15: a record that stands twice in a listing is one row, with its last values', async () => {
  const trial = await scene.trial();
  const { records } = firstTable();
  const [first] = records;
  assert.ok(first !== undefined);
  records.unshift({ ...first, fields: { ...first.fields, 数量: -1 } });
  firstTable().revision += 1;
  assert.deepEqual(unfinishedIn(await trial.run()), []);
  await trial.prove();
});
