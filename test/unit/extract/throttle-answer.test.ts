import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Throttle, type Waits } from '../../../src/extract/throttle.ts';
import { PlayedClock } from './hasty-clock.ts';
import { endpoint } from './server.ts';

const live = new AbortController().signal;
const ready = async (): Promise<void> => {};
const silent: Waits = { waited() {}, throttled() {} };

test('an answer that begins late keeps its window from when the request can have arrived', async () => {
  const clock = new PlayedClock();
  const throttle = new Throttle(endpoint({ windows: [{ calls: 2, ms: 1000 }] }), clock);
  const sent: number[] = [];
  const one = (beginsAfter: number): Promise<void> =>
    throttle.run(live, silent, ready, async (_readied, answered) => {
      sent.push(Math.round(clock.now()));
      await clock.sleep(beginsAfter, live);
      answered();
      // The rest of the body says nothing of when the request arrived.
      await clock.sleep(400, live);
    });
  await Promise.all([one(300), one(100), one(100)]);
  assert.deepEqual(sent, [0, 526, 1200]);
});
