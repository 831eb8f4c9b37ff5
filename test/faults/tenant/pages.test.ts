// Lists that come in pages, and whose pages shift, repeat, expire or lead nowhere.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  emptyPage,
  loopingToken,
  meanwhile,
  moreWithoutToken,
  overlap,
  refuse,
  repeatPage,
} from '../../../src/demo/fault-answers.ts';
import { streamsIn } from '../../integration/cli/json.ts';
import { pastTime } from '../scene/company.ts';
import { startScene } from '../scene.ts';

const scene = await startScene();
after(() => scene.close());
const { company } = scene;
const { faults, requests } = scene.tenant;

/** Of the first table that is read it gives two pages, of the others one. */
const search = 'base.records.search';

test('fault 15: records that come on two pages are loaded once, and nothing is missing', async () => {
  const trial = await scene.trial();
  faults.next(search, {});
  faults.next(search, overlap(200));
  const { code, report } = await trial.run();
  assert.equal(code, 0);
  const all = company.has.bases.flatMap(({ tables }) => tables.flatMap(({ records }) => records));
  assert.equal(streamsIn(report ?? {})['base.records']?.['records'], all.length + 200);
  await trial.prove();
});

test('fault 15: pages that shift while they are read lose no record and delete none that is there', async () => {
  const trial = await scene.trial();
  const [table] = company.has.bases.flatMap(({ tables }) => tables);
  assert.ok(table !== undefined);
  faults.next(search, {});
  faults.next(
    search,
    meanwhile(() => {
      for (const record of table.records.slice(100, 107)) company.deleteRecord(table, record);
      for (const record of table.records.slice(400, 405)) {
        company.editRecord(table, record, { 数量: -1 }, pastTime);
      }
      table.records.unshift(...table.records.splice(-3));
    }),
  );
  assert.equal((await trial.run()).code, 0);
  await trial.prove();
});

test('fault 16: a page token that has expired begins the list anew', async () => {
  const trial = await scene.trial();
  for (const one of [1254030, 1254002]) {
    faults.next(search, {});
    faults.next(search, refuse(400, one, 'InvalidPageToken'));
  }
  const { code } = await trial.run();
  assert.deepEqual([code, faults.pending], [0, 0]);
  await trial.prove();
});

test('fault 16: page tokens of contacts expire, too', async () => {
  const trial = await scene.trial();
  for (let count = 0; count < 60; count += 1) company.addUser({ department_ids: ['0'] });
  const find = 'contact.users.find_by_department';
  faults.next(find, {});
  faults.next(find, refuse(400, 40012, 'page token invalid'));
  const { code } = await trial.run();
  assert.deepEqual([code, faults.pending], [0, 0]);
  await trial.prove();
});

test('fault 16: a list whose page tokens never hold is given up after three starts', async () => {
  const trial = await scene.trial();
  for (let start = 0; start < 3; start += 1) {
    faults.next(search, {});
    faults.next(search, refuse(400, 1254030, 'InvalidPageToken'));
  }
  const { code, report } = await trial.run();
  assert.equal(code, 1);
  const { status, error } = streamsIn(report ?? {})['base.records'] ?? {};
  assert.equal(status, 'incomplete');
  assert.match(String(error), /the listing was started 3 times.*1254030/);
  await trial.prove();
});

const misleading = [
  ['a page token that leads back to its own page', loopingToken(), 1],
  ['more to come, without a page token', moreWithoutToken(), 1],
  ['a page that repeats the one before', repeatPage(), 1],
  ['empty pages with more to come', emptyPage(), 30],
] as const;

for (const [what, fault, times] of misleading) {
  test(`fault 17: ${what}: the list is read to its true end`, async () => {
    const trial = await scene.trial();
    faults.next(search, {});
    faults.next(search, fault, times);
    const { code } = await trial.run();
    assert.deepEqual([code, faults.pending], [0, 0]);
    await trial.prove();
  });
}

for (const [what, fault] of misleading.slice(0, 2)) {
  test(`fault 17: ${what}, always: no endless reading, and never the end of the list`, async () => {
    const trial = await scene.trial();
    faults.next(search, fault, 1000);
    const { code, report } = await trial.run();
    assert.equal(code, 1);
    const { status, error, deleted } = streamsIn(report ?? {})['base.records'] ?? {};
    assert.deepEqual([status, deleted], ['incomplete', 0]);
    assert.match(String(error), /the listing was started 3 times/);
    // Three starts of each of the three tables, each of two pages at most.
    assert.ok(requests.count(search) <= 18, `${requests.count(search)} pages were asked for`);
    await trial.prove();
  });
}
