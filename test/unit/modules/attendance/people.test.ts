import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFor } from '../../../../src/modules/attendance/people.ts';
import type { AttendanceSettings } from '../../../../src/modules/attendance/settings.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 2, 12);
const settings: AttendanceSettings = {
  employeeType: 'employee_id',
  userIds: [],
  includeTerminatedUsers: false,
  lookbackDays: 7,
};

function readTo(read_to: number) {
  return { user_id: 'u', employee_type: 'employee_id', read_to, unknown_since: 0, retry_at: 0 };
}

test('somebody new is read from the start date, or over the lookback', () => {
  assert.equal(startFor(undefined, settings, now), now - 7 * day);
  const dated = { ...settings, startDate: '2026-01-01' };
  assert.equal(startFor(undefined, dated, now), Date.UTC(2025, 11, 31, 10));
});

test('somebody known is read from the lookback before the last reading, however long ago that was', () => {
  assert.equal(startFor(readTo(now - day), settings, now), now - 8 * day);
  assert.equal(startFor(readTo(now - 20 * day), settings, now), now - 27 * day);
});

test('nothing before the start date is read', () => {
  const dated = { ...settings, startDate: '2026-03-10' };
  assert.equal(startFor(readTo(now - day), dated, now), Date.UTC(2026, 2, 9, 10));
});
