import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysUpTo, shortDay } from '../../../../src/cli/report/days.ts';
import { briefAge, bytes, compact, share } from '../../../../src/cli/report/figures.ts';

test('the marks of an axis are short', () => {
  const values = [0, 0.5, 950, 1200, 34_000, 999_999, 5_600_000, 2e9];
  assert.deepEqual(values.map(compact), ['0', '0.5', '950', '1.2k', '34k', '1000k', '5.6M', '2G']);
});

test('sizes count in powers of 1024', () => {
  const values = [0, 512, 1024, 1536, 20 * 1024 ** 2, 3.25 * 1024 ** 3, 5000 * 1024 ** 4];
  assert.deepEqual(values.map(bytes), [
    '0 B',
    '512 B',
    '1 kB',
    '1.5 kB',
    '20 MB',
    '3.3 GB',
    '5000 TB',
  ]);
});

test('a share that is small but not nothing is not shown as nothing', () => {
  assert.deepEqual(
    [share(0, 10), share(1, 3), share(1, 100_000), share(5, 0), share(15, 10)],
    ['0 %', '33.3 %', '< 0.1 %', '0 %', '150 %'],
  );
});

test('an age has one unit', () => {
  const minute = 60_000;
  assert.deepEqual([-5, 40_000, 5 * minute, 200 * minute, 12.9 * 1440 * minute].map(briefAge), [
    '0 s',
    '40 s',
    '5 min',
    '3 h',
    '12 d',
  ]);
});

test('a report shows 31 days up to today, over the ends of months and years', () => {
  const days = daysUpTo(new Date('2027-01-15T23:59:59Z'));
  assert.equal(days.length, 31);
  assert.deepEqual([days[0], days[16], days[30]], ['2026-12-16', '2027-01-01', '2027-01-15']);
  assert.deepEqual(days.slice(0, 2).map(shortDay), ['Dec 16', 'Dec 17']);
  assert.equal(shortDay('2027-01-03'), 'Jan 3');
});
