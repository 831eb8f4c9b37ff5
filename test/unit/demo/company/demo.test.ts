import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Company } from '../../../../src/demo/company/company.ts';
import { demoCompany } from '../../../../src/demo/company/demo.ts';
import {
  ORDERS_TABLE,
  PRODUCTS_TABLE,
  ROADMAP_BASE,
  SALES_BASE,
} from '../../../../src/demo/constants.ts';

const DAY = 24 * 3600_000;
const MONDAY = Date.UTC(2026, 5, 15, 4);
const LATER = MONDAY + 14 * DAY;

function table(company: Company, id: string, t: number) {
  const found = company.base(SALES_BASE, t)?.tables.find((one) => one.table_id === id);
  assert.ok(found);
  return found;
}

function everything(company: Company, t: number): string {
  const users = company.users(t);
  const ids = users.map((user) => user.user_id);
  return JSON.stringify([
    users,
    company.departments(t),
    company.instances(t, { from: t - 60 * DAY }),
    [SALES_BASE, ROADMAP_BASE].map((token) => company.base(token, t)),
    company.punches(ids, Math.floor(t / 1000) - 10 * 86_400, Math.floor(t / 1000), t),
  ]);
}

describe('demoCompany', () => {
  const company = demoCompany();

  test('two companies of one seed agree on one moment, also after looking elsewhere', () => {
    const other = demoCompany();
    other.instances(LATER, { from: MONDAY - 60 * DAY });
    table(other, ORDERS_TABLE, LATER).records.at(0);
    other.users(LATER);
    assert.equal(everything(other, MONDAY), everything(company, MONDAY));
  });

  test('another seed is another company', () => {
    const other = demoCompany({ seed: 'other' });
    assert.notEqual(everything(other, MONDAY), everything(company, MONDAY));
  });

  test('another app sees other open_ids of the same people', () => {
    const mine = company.users(MONDAY);
    const theirs = demoCompany({ appId: 'cli_other' }).users(MONDAY);
    assert.deepEqual(
      mine.map((user) => user.union_id),
      theirs.map((user) => user.union_id),
    );
    const known = new Set(mine.map((user) => user.open_id));
    assert.ok(theirs.every((user) => !known.has(user.open_id)));
  });

  test('it has the promised size', () => {
    const users = company.users(MONDAY).filter((user) => !user.status.is_resigned);
    assert.ok(users.length > 250 && users.length < 275, `${users.length} people`);
    const heads = company.departments(MONDAY).length;
    assert.ok(heads === 27 || heads === 28);
    const week = company.instances(MONDAY, { from: MONDAY - 56 * DAY }).length / 8;
    assert.ok(week > 50 && week < 70, `${week} instances a week`);
    const orders = table(company, ORDERS_TABLE, MONDAY).records.length;
    assert.ok(orders > 1000 && orders < 1300, `${orders} orders`);
  });

  test('ids are unique', () => {
    const users = company.users(MONDAY);
    const ids = users.flatMap((user) => [user.open_id, user.union_id, user.user_id]);
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(new Set(users.map((user) => user.employee_no)).size, users.length);
    const seconds = Math.floor(MONDAY / 1000);
    const userIds = users.map((user) => user.user_id);
    const punches = company.punches(userIds, seconds - 30 * 86_400, seconds, MONDAY);
    assert.ok(punches.length > 8000);
    assert.equal(new Set(punches.map((punch) => punch.record_id)).size, punches.length);
    const instances = company.instances(MONDAY);
    assert.equal(new Set(instances.map((one) => one.instance_code)).size, instances.length);
    assert.equal(new Set(instances.map((one) => one.serial_number)).size, instances.length);
    for (const { records } of company.base(SALES_BASE, MONDAY)?.tables ?? []) {
      assert.equal(new Set(records.map((one) => one.record_id)).size, records.length);
    }
  });

  test('an instance is found by its code and its uuid, and not before it was started', () => {
    for (const { instance_code, uuid, start_time } of company.instances(MONDAY)) {
      assert.equal(company.instance(instance_code, MONDAY)?.instance_code, instance_code);
      assert.equal(company.instance(uuid, MONDAY)?.instance_code, instance_code);
      assert.equal(company.instance(instance_code, Number(start_time) - 1), undefined);
    }
    assert.equal(company.instance('00000000-0000-0000-0000-000000000000', MONDAY), undefined);
  });

  test('in two weeks instances are created, advanced, closed, revoked and commented', () => {
    const before = company.instances(MONDAY, { from: MONDAY - 60 * DAY });
    const after = before.map((one) => company.instance(one.instance_code, LATER));
    const pairs = before.map((old, index) => ({ old, now: after[index] }));
    assert.ok(pairs.every(({ now }) => now !== undefined));
    const some = (what: string, holds: (pair: (typeof pairs)[number]) => boolean | undefined) =>
      assert.ok(pairs.some(holds), what);
    some('advanced', ({ old, now }) => now && now.task_list.length > old.task_list.length);
    some('approved', ({ old, now }) => old.status === 'PENDING' && now?.status === 'APPROVED');
    some('revoked', ({ old, now }) => old.status === 'APPROVED' && now?.reverted);
    some('commented', ({ old, now }) => now && now.comment_list.length > old.comment_list.length);
    some('still open', ({ old, now }) => old.status === 'PENDING' && now?.status === 'PENDING');
    assert.ok(company.instances(LATER, { from: MONDAY }).length > 80);
    const statuses = new Set(company.instances(LATER).map((one) => one.status));
    assert.deepEqual([...statuses].sort(), [
      'APPROVED',
      'CANCELED',
      'DELETED',
      'PENDING',
      'REJECTED',
    ]);
  });

  test('in two weeks people are hired, leave and move', () => {
    const old = new Map(company.users(MONDAY).map((user) => [user.open_id, user]));
    const now = company.users(LATER);
    const changed = (holds: (was: (typeof now)[number], is: (typeof now)[number]) => boolean) =>
      now.some((is) => {
        const was = old.get(is.open_id);
        return was !== undefined && holds(was, is);
      });
    assert.ok(now.some((user) => !old.has(user.open_id)));
    assert.ok(changed((was, is) => !was.status.is_resigned && is.status.is_resigned === true));
    assert.ok(changed((was, is) => was.department_ids[0] !== is.department_ids[0]));
    assert.ok(now.some((user) => user.department_ids.length > 1));
  });

  test('in two months a department comes or goes and one is renamed', () => {
    const names = (t: number) => company.departments(t).map((one) => one.name);
    const months = [0, 15, 30, 45, 60, 75, 90, 105].map((days) => names(MONDAY + days * DAY));
    assert.ok(
      months.some((list) => list.length === 27) && months.some((list) => list.length === 28),
    );
    assert.ok(new Set(months.flat()).size > 28);
  });

  test('records are created, edited and deleted, and only then the revision moves', () => {
    const old = table(company, ORDERS_TABLE, MONDAY);
    const now = table(company, ORDERS_TABLE, LATER);
    const before = new Map(old.records.map((one) => [one.record_id, one]));
    const after = new Map(now.records.map((one) => [one.record_id, one]));
    assert.ok(now.records.some((one) => !before.has(one.record_id)));
    assert.ok(old.records.some((one) => !after.has(one.record_id)));
    const edited = old.records.filter((one) => {
      const is = after.get(one.record_id);
      return is && is.last_modified_time > one.last_modified_time;
    });
    assert.ok(edited.length > 10);
    assert.ok(
      edited.some((one) => {
        return JSON.stringify(after.get(one.record_id)?.fields) !== JSON.stringify(one.fields);
      }),
    );
    assert.ok(now.revision > old.revision);
    const fixed = table(company, PRODUCTS_TABLE, MONDAY);
    assert.deepEqual(table(company, PRODUCTS_TABLE, LATER), fixed);
  });

  test('the revision never falls, and moves exactly when the records do', () => {
    let last = { revision: 0, state: '' };
    for (let t = MONDAY; t < MONDAY + 5 * DAY; t += 1800_000) {
      const { revision, records } = table(company, ORDERS_TABLE, t);
      const state = JSON.stringify(records.map((one) => [one.record_id, one.last_modified_time]));
      if (last.state) assert.equal(revision > last.revision, state !== last.state);
      assert.ok(revision >= last.revision);
      last = { revision, state };
    }
  });

  test('punches of a past week are corrected, imported and removed later', () => {
    const ids = company.users(MONDAY).map((user) => user.user_id);
    const to = Math.floor(MONDAY / 1000);
    const read = (t: number) => company.punches(ids, to - 7 * 86_400, to, t);
    const old = new Map(read(MONDAY).map((punch) => [punch.record_id, punch]));
    const now = new Map(read(LATER).map((punch) => [punch.record_id, punch]));
    const added = [...now.values()].filter((punch) => !old.has(punch.record_id));
    assert.ok([...old.keys()].some((id) => !now.has(id)));
    for (const type of [1, 2, 7])
      assert.ok(
        added.some((punch) => punch.type === type),
        `type ${type}`,
      );
    const day = read(MONDAY).filter((punch) => punch.user_id === ids[0]);
    assert.ok(day.every((punch) => Number(punch.check_time) < to));
  });
});
