import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followOf } from '../../../../src/modules/approval/due.ts';

const day = 86_400_000;
const hour = 3_600_000;
const created = Date.UTC(2026, 0, 5, 8);

function due(
  status: string,
  ages: { readonly at: number; readonly end?: number },
  { probed = false, lookbackDays = 30 } = {},
): number {
  const instance = {
    status,
    start_time: String(created),
    end_time: ages.end === undefined ? '0' : String(created + ages.end),
  };
  const reading = { at: created + ages.at, probed, lookbackDays, hidden: false };
  const follow = followOf(instance, { instance_code: 'I', approval_code: 'A' }, reading);
  return follow.due_at === 0 ? 0 : follow.due_at - created;
}

test('an open instance younger than a day is read by every run', () => {
  assert.equal(due('PENDING', { at: 5 * hour }), 5 * hour);
});

test('an open instance is read every 4 hours, then daily, then weekly as it ages', () => {
  assert.equal(due('PENDING', { at: 2 * day }), 2 * day + 4 * hour);
  assert.equal(due('PENDING', { at: 8 * day }), 9 * day);
  assert.equal(due('PENDING', { at: 400 * day }), 407 * day);
});

test('where the probes see closings, an open instance is read daily at most', () => {
  assert.equal(due('PENDING', { at: 5 * hour }, { probed: true }), 5 * hour + day);
  assert.equal(due('PENDING', { at: 40 * day }, { probed: true }), 47 * day);
});

test('a state that larkhouse does not know counts as open', () => {
  assert.equal(due('OVERTIME_CLOSE', { at: 2 * day }), 2 * day + 4 * hour);
});

test('an end that is read within ten minutes is read once more when it has settled', () => {
  assert.equal(due('APPROVED', { at: hour + 60_000, end: hour }), hour + 600_000);
});

test('a closed instance is read again 1, 3, 7, 14 and 30 days after its end, and then no more', () => {
  const next = [0.5, 1, 3, 7, 14, 30].map((age) =>
    due('APPROVED', { at: hour + age * day, end: hour }),
  );
  assert.deepEqual(next, [1, 3, 7, 14, 30].map((age) => hour + age * day).concat(0));
});

test('the last reading of a closed instance is at the end of the lookback', () => {
  assert.equal(due('REJECTED', { at: 4 * day, end: 0 }, { lookbackDays: 5 }), 5 * day);
  assert.equal(due('REJECTED', { at: 5 * day, end: 0 }, { lookbackDays: 5 }), 0);
});
