import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TenantClock } from '../../../src/extract/tenant-clock.ts';
import { HastyClock } from './hasty-clock.ts';

test('the time is that of the latest Date header, moved on by the monotonic clock', () => {
  const clock = new HastyClock();
  const tenant = new TenantClock(clock);
  tenant.note('Tue, 01 Jan 2030 00:00:00 GMT');
  clock.time += 1500;
  assert.equal(new Date(tenant.now()).toISOString(), '2030-01-01T00:00:01.500Z');
  tenant.note('Tue, 01 Jan 2030 00:01:00 GMT');
  assert.equal(new Date(tenant.now()).toISOString(), '2030-01-01T00:01:00.000Z');
});

test('a missing or odd header changes nothing', () => {
  const tenant = new TenantClock(new HastyClock());
  tenant.note(undefined);
  tenant.note('yesterday');
  assert.equal(tenant.known, false);
  const before = Date.now();
  assert.ok(tenant.now() >= before && tenant.now() <= Date.now() + 1);
  tenant.note('Tue, 01 Jan 2030 00:00:00 GMT');
  tenant.note('x');
  assert.equal(tenant.now(), Date.UTC(2030, 0, 1));
});
