import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { FencedError, InterruptedError } from '../../../src/errors.ts';
import { orInterrupted, systemClock } from '../../../src/extract/clock.ts';

test('a sleep ends at once when the signal aborts, and does not begin after', async () => {
  const stop = new AbortController();
  const sleeping = systemClock.sleep(1_000_000, stop.signal);
  stop.abort();
  await assert.rejects(sleeping, InterruptedError);
  await assert.rejects(systemClock.sleep(1_000_000, stop.signal), InterruptedError);
});

test('a wait that is over leaves nothing on the signal', async () => {
  const { signal } = new AbortController();
  assert.equal(await orInterrupted(Promise.resolve(7), signal), 7);
  await assert.rejects(orInterrupted(Promise.reject(new Error('own')), signal), /own/);
  await systemClock.sleep(1, signal);
  assert.deepEqual(getEventListeners(signal, 'abort'), []);
});

test('an interruption says why, if the signal knows', async () => {
  const stop = new AbortController();
  stop.abort(new FencedError('a newer run has taken over'));
  await assert.rejects(orInterrupted(Promise.resolve(), stop.signal), (error) => {
    assert.ok(error instanceof InterruptedError);
    return error.message.endsWith('a newer run has taken over');
  });
});
