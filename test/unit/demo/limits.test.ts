import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeLimits, TIER_3, TIER_4, TIER_8 } from '../../../src/demo/limits.ts';

describe('limits', () => {
  test('the 51st call of a second trips the second window of tier 4', () => {
    let now = 1000;
    const limits = makeLimits(() => now);
    for (let call = 0; call < 50; call += 1) assert.equal(limits.admit('a', TIER_4), undefined);
    now += 400;
    assert.deepEqual(limits.admit('a', TIER_4), { limit: 50, resetSeconds: 1 });
    now += 600;
    assert.equal(limits.admit('a', TIER_4), undefined);
  });

  test('a minute of 1000 calls trips the minute window although no second is full', () => {
    let now = 0;
    const limits = makeLimits(() => now);
    for (let call = 0; call < 1000; call += 1) {
      assert.equal(limits.admit('a', TIER_4), undefined);
      now += 25;
    }
    assert.deepEqual(limits.admit('a', TIER_4), { limit: 1000, resetSeconds: 35 });
    now = 60_000;
    assert.equal(limits.admit('a', TIER_4), undefined);
    assert.equal(limits.admit('a', TIER_4)?.limit, 1000);
  });

  test('a window slides: calls at its edge count against the calls after it', () => {
    let now = 0;
    const limits = makeLimits(() => now);
    now = 990;
    for (let call = 0; call < 20; call += 1) assert.equal(limits.admit('a', TIER_8), undefined);
    now = 1010;
    assert.equal(limits.admit('a', TIER_8)?.limit, 20);
  });

  test('endpoints have windows of their own', () => {
    const limits = makeLimits(() => 5);
    for (let call = 0; call < 100; call += 1) limits.admit('a', TIER_3);
    assert.equal(limits.admit('a', TIER_3)?.resetSeconds, 60);
    assert.equal(limits.admit('b', TIER_3), undefined);
  });

  test('a refused call does not push the reset away', () => {
    let now = 0;
    const limits = makeLimits(() => now);
    for (let call = 0; call < 20; call += 1) limits.admit('a', TIER_8);
    now = 500;
    for (let call = 0; call < 20; call += 1) limits.admit('a', TIER_8);
    now = 1000;
    assert.equal(limits.admit('a', TIER_8), undefined);
  });
});
