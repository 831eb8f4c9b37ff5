import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LarkhouseError, TransientError } from '../../../src/errors.ts';
import { Patience } from '../../../src/extract/patience.ts';
import { Retries, RetryBudget } from '../../../src/extract/retry.ts';
import { HastyClock } from './hasty-clock.ts';

const error = new TransientError('broke', { status: 502, endpoint: 'things.list' });

/** Of a connection whose tenant has answered before. */
function reserves(clock = new HastyClock()): ConstructorParameters<typeof Retries>[0] {
  const patience = new Patience(clock);
  patience.answered();
  return { budget: new RetryBudget(), clock, patience };
}

function pauses(chance: number): number[] {
  const clock = new HastyClock();
  clock.chance = chance;
  const retries = new Retries(reserves(clock));
  return Array.from({ length: 7 }, () => retries.pause(error));
}

test('pauses are anything from nothing to twice the ceiling before, 20 s at most', () => {
  assert.deepEqual(pauses(0), [0, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual(pauses(1), [500, 1000, 2000, 4000, 8000, 16_000, 20_000]);
});

test('after eight attempts the failure surfaces with what it was and how often', () => {
  const retries = new Retries(reserves());
  for (let count = 0; count < 7; count += 1) retries.pause(error);
  assert.throws(
    () => retries.pause(error),
    (thrown) =>
      thrown instanceof TransientError &&
      thrown.message === 'broke (tried 8 times)' &&
      thrown.circumstances.status === 502 &&
      thrown.cause === error,
  );
});

test('when everything fails, repetitions are 20 and a tenth of the requests', () => {
  const shared = reserves();
  let repeated = 0;
  for (let request = 0; request < 1000; request += 1) {
    const retries = new Retries(shared);
    try {
      for (;;) {
        retries.pause(error);
        repeated += 1;
      }
    } catch (thrown) {
      assert.ok(thrown instanceof LarkhouseError);
    }
  }
  assert.ok(repeated >= 110 && repeated <= 120, `${repeated}`);
});

test('a long good time saves up for 100 repetitions, no more', () => {
  const budget = new RetryBudget();
  for (let request = 0; request < 10_000; request += 1) budget.earn();
  let left = 0;
  while (budget.spend()) left += 1;
  assert.equal(left, 100);
});
