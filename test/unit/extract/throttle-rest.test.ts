import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ThrottledError } from '../../../src/errors.ts';
import { Throttle, type Waits } from '../../../src/extract/throttle.ts';
import { PlayedClock } from './hasty-clock.ts';
import { endpoint } from './server.ts';

const live = new AbortController().signal;
const ready = async (): Promise<void> => {};

async function restAfter(
  refusals: number,
  retryAfterMs: number | undefined,
  chance: number,
): Promise<number> {
  const clock = new PlayedClock();
  clock.random = () => chance;
  const throttle = new Throttle(endpoint(), clock);
  let rest = 0;
  const waits: Waits = { waited() {}, throttled: (ms) => (rest = ms) };
  for (let count = 0; count < refusals; count += 1) {
    const details = retryAfterMs === undefined ? {} : { retryAfterMs };
    const run = throttle.run(live, waits, ready, async () => {
      throw new ThrottledError('slow down', details);
    });
    await assert.rejects(run, ThrottledError);
  }
  return rest;
}

test('a rest is what Lark asks within 1 s and 60 s, with a little jitter', async () => {
  assert.equal(await restAfter(1, 39_000, 0), 39_000);
  assert.equal(await restAfter(1, 0, 0), 1000);
  assert.equal(await restAfter(1, 300_000, 0), 60_000);
  assert.equal(await restAfter(1, 39_000, 1), 39_500);
});

test('without a usable header rests grow at random from 1 s to 60 s', async () => {
  assert.equal(await restAfter(1, undefined, 0), 1000);
  assert.equal(await restAfter(1, undefined, 1), 2000);
  assert.equal(await restAfter(4, undefined, 1), 16_000);
  assert.equal(await restAfter(20, undefined, 1), 60_000);
  assert.equal(await restAfter(20, undefined, 0), 1000);
});
