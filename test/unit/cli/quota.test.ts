import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meteredCalls, monthOf } from '../../../src/cli/metered.ts';
import { monthlyLimit, runLimit } from '../../../src/cli/quota.ts';
import { QuotaError } from '../../../src/errors.ts';
import { getInstance } from '../../../src/modules/approval/endpoints.ts';
import { findUsers } from '../../../src/modules/contact/endpoints.ts';

test('a run may make as many requests as it was given, of whatever kind', () => {
  const allow = runLimit(2);
  allow(getInstance);
  allow(findUsers);
  assert.throws(() => allow(findUsers), QuotaError);
});

test('without a limit a run may make any number of requests', () => {
  const allow = runLimit(undefined);
  for (let call = 0; call < 1000; call += 1) allow(getInstance);
});

test("the month's quota counts what was made before, and Contact is free", () => {
  const allow = monthlyLimit({ source: 'acme', monthlyCalls: 10, used: 9 });
  allow(findUsers);
  allow(getInstance);
  allow(findUsers);
  assert.throws(
    () => allow(getInstance),
    (error) => error instanceof QuotaError && /^10 calls were made this month/.test(error.message),
  );
});

test('only calls that Lark counts are summed up', () => {
  const calls = new Map([
    ['approval.instances.get', 5],
    ['base.records.search', 7],
    ['contact.users.find_by_department', 100],
    ['no.such.endpoint', 1000],
  ]);
  assert.equal(meteredCalls(calls), 12);
});

test('a month is that of UTC', () => {
  assert.equal(monthOf(Date.UTC(2026, 10, 30, 23, 59, 59)), '2026-11');
});
