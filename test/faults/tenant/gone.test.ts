// What is there and suddenly seems to be gone: believed only where the tenant says so, and twice where it is much.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Table } from '../../../src/demo/company/base.ts';
import { answer, refuse } from '../../../src/demo/fault-answers.ts';
import { streamsIn } from '../../integration/cli/json.ts';
import { presentTime } from '../scene/company.ts';
import { startScene, type Trial } from '../scene.ts';

const scene = await startScene();
after(() => scene.close());
const { company, tenant } = scene;
const { faults } = tenant;

const search = 'base.records.search';
const nothing = answer(200, {
  code: 0,
  msg: 'success',
  data: { items: [], has_more: false, total: 0 },
});

/** How many rows of the table are marked as deleted. */
async function marked(trial: Trial, { table_id: id }: Table): Promise<number> {
  const [row] = await trial.rows<{ marked: number }>(
    `select count(*)::integer as marked from lark.base_records
where table_id = $1 and deleted_at is not null`,
    [id],
  );
  return row?.marked ?? 0;
}

/** The table that is read first, and is large. */
function firstTable(): Table {
  const [table] = company.has.bases.flatMap(({ tables }) => tables);
  assert.ok(table !== undefined);
  return table;
}

test('fault 31: a table of many records that answers with success and none keeps them all', async () => {
  const trial = await scene.trial();
  faults.next(search, nothing);
  const { code, report } = await trial.run();
  assert.equal(code, 1);
  const { error } = streamsIn(report ?? {})['base.records'] ?? {};
  assert.match(String(error), /(\d{3,}) of \1 rows are missing.*implausibly many/);
  assert.equal(await marked(trial, firstTable()), 0);
  await trial.prove();
});

test('fault 31: when a table gives no records twice, each one is asked for before it is believed', async () => {
  const trial = await scene.trial();
  faults.next(search, nothing);
  assert.equal((await trial.run()).code, 1);
  faults.next(search, nothing);
  assert.equal((await trial.run(['sync', 'base', '--json'])).code, 0);
  // These are gone indeed.
  assert.equal(await marked(trial, firstTable()), 5);
  // What changed before is read when the table moves again, or within a day.
  company.addRecord(firstTable(), presentTime);
  await trial.prove();
});

const hidden = [
  ['base.tables', 'base.tables.list', /lists no table, which no Base is without/],
  ['base.fields', 'base.fields.list', /lists no field, which no table is without/],
] as const;

for (const [stream, endpoint, said] of hidden) {
  test(`fault 31: a success without any item for ${stream} is an error, and deletes nothing`, async () => {
    const trial = await scene.trial();
    faults.next(endpoint, nothing, 1000);
    const { code, report } = await trial.run();
    assert.equal(code, 1);
    const { status, error, deleted } = streamsIn(report ?? {})[stream] ?? {};
    assert.deepEqual([status, deleted], ['incomplete', 0]);
    assert.match(String(error), said);
    await trial.prove();
  });
}

test('fault 31: a table that is deleted takes its fields and records with it', async () => {
  const trial = await scene.trial();
  const [base] = company.has.bases;
  base?.tables.pop();
  assert.equal((await trial.run()).code, 0);
  await trial.prove();
});

test('fault 31: Bases that are no longer shared with the app keep everything', async () => {
  const trial = await scene.trial();
  tenant.app.base_collaborator = [];
  const { code, report } = await trial.run();
  assert.equal(code, 1);
  const { status, error } = streamsIn(report ?? {})['base.tables'] ?? {};
  assert.equal(status, 'incomplete');
  assert.match(String(error), /share the Base with the app/);
  await trial.prove();
});

test('fault 31: an approval code that is gone fails its partition, deletes nothing and stops no other', async () => {
  const trial = await scene.trial();
  const gone = refuse(400, 1390002, 'approval code not found');
  // The first code's calls come first.
  faults.next('approval.approvals.get', gone);
  faults.next('approval.instances.query', gone);
  const { code, report } = await trial.run();
  assert.equal(code, 1);
  const streams = streamsIn(report ?? {});
  const [first, second] = company.has.definitions.map((one) => one.approval_code);
  for (const name of ['approval.definitions', 'approval.instances']) {
    assert.equal(streams[name]?.['status'], 'incomplete');
    const error = String(streams[name]?.['error']);
    assert.match(error, new RegExp(`partition ${first}.*1390002.*Next: check the approval code`));
    assert.ok(!error.includes(second ?? ''));
  }
  assert.ok(Number(streams['approval.instances']?.['inserted']) > 0);
  await trial.prove();
});
