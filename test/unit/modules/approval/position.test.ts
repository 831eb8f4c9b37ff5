import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditWindow, overlapMs, positionOf } from '../../../../src/modules/approval/position.ts';
import type { ApprovalSettings } from '../../../../src/modules/approval/settings.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 5, 15, 12);
const settings: ApprovalSettings = { approvalCodes: ['A'], lookbackDays: 30, locale: 'en-US' };

test('without a cursor reading starts at the lookback', () => {
  assert.equal(positionOf(undefined, settings, now).to - overlapMs, now - 30 * day);
});

test('a start date begins where that day begins first on earth', () => {
  const { start } = positionOf(undefined, { ...settings, startDate: '2026-01-01' }, now);
  assert.equal(start, Date.UTC(2025, 11, 31, 10));
});

test('a cursor is resumed', () => {
  const position = positionOf({ start: now - 40 * day, to: now - day }, settings, now);
  assert.deepEqual([position.start, position.to], [now - 40 * day, now - day]);
});

test('a cursor in the future is of a wrong clock: the lookback is listed and searched again', () => {
  const wrong = { start: now - 40 * day, to: now + day, tasksAt: now + day };
  const position = positionOf(wrong, settings, now);
  assert.deepEqual([position.to, position.tasksAt], [now - 30 * day, now - 30 * day]);
  const start = positionOf(undefined, { ...settings, startDate: '2026-06-13' }, now).start;
  const young = positionOf({ ...wrong, start }, { ...settings, startDate: '2026-06-13' }, now);
  assert.deepEqual([young.to, young.tasksAt], [start, start]);
  const near = { start: now - 40 * day, to: now, tasksAt: now + 1000 };
  const { to, tasksAt } = positionOf(near, settings, now);
  assert.deepEqual([to, tasksAt], [now, now + 1000]);
});

test('a start date before the cursor began makes history be listed from there', () => {
  const cursor = { start: now - 40 * day, to: now - day };
  const { to } = positionOf(cursor, { ...settings, startDate: '2025-01-01' }, now);
  assert.ok(to < now - 300 * day);
});

test('the audit lists all of history again within 30 days, a share a day', () => {
  const base = { start: now - 60 * day, to: now - day, tasksAt: now };
  let auditAt = base.start;
  const covered: number[] = [];
  for (let step = 1; step <= 30; step += 1) {
    const at = now + step * day;
    const audit = auditWindow({ ...base, auditAt, auditDay: 'before' }, at);
    covered.push(audit.from, audit.to);
    auditAt = audit.to;
  }
  assert.equal(covered[0], base.start);
  assert.equal(covered.at(-1), base.to);
});

test('a second run on the same day audits nothing', () => {
  const position = { start: 0, to: now, auditAt: 0, auditDay: '2026-06-15', tasksAt: now };
  const { from, to } = auditWindow(position, now);
  assert.equal(from, to);
});
