import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pace } from '../../../src/extract/pace.ts';

/** Sends as soon as it may, for so many ms; returns the times. */
function greedy(pace: Pace, forMs: number, from = 0): number[] {
  const times: number[] = [];
  for (let now = from; now < from + forMs; ) {
    const wait = pace.wait(now);
    if (wait > 0) {
      now += wait;
      continue;
    }
    pace.sent(now);
    times.push(now);
  }
  return times;
}

/** The most sends that any stretch of this length holds; the times ascend. */
function mostIn(times: readonly number[], ms: number): number {
  let from = 0;
  let most = 0;
  for (const [index, at] of times.entries()) {
    while ((times[from] ?? at) <= at - ms) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
}

test('a minute window lets its calls go at once and then none for the stretched minute', () => {
  const times = greedy(new Pace([{ calls: 100, ms: 60_000 }]), 63_000);
  assert.equal(times.length, 100);
  assert.equal(times.at(-1), 0);
  const later = greedy(new Pace([{ calls: 100, ms: 60_000 }]), 64_000);
  assert.equal(later[100], 60_000 / 0.95);
});

test('sends under a per-second window are spaced evenly', () => {
  const times = greedy(new Pace([{ calls: 20, ms: 1000 }]), 5000);
  const gaps = times.slice(5).map((at, index) => at - (times[index + 4] ?? Number.NaN));
  for (const gap of gaps) assert.ok(Math.abs(gap - 1000 / 0.95 / 20) < 0.001, `gap ${gap}`);
});

test('no stretch of any window ever holds more than its calls, and 93 % of the rate is used', () => {
  const windows = [
    { calls: 1000, ms: 60_000 },
    { calls: 50, ms: 1000 },
  ];
  const times = greedy(new Pace(windows), 600_000);
  for (const { calls, ms } of windows) assert.ok(mostIn(times, ms) <= calls);
  assert.ok(times.length >= 0.93 * 10_000, `${times.length} of 10,000`);
});

test('lateness of the timers is made up for', () => {
  const pace = new Pace([{ calls: 50, ms: 1000 }]);
  const times: number[] = [];
  for (let now = 0; now < 60_000; ) {
    const wait = pace.wait(now);
    if (wait === 0) {
      pace.sent(now);
      times.push(now);
    } else {
      now += Math.ceil(wait) + (times.length % 7 === 0 ? 40 : 2);
    }
  }
  assert.ok(times.length >= 0.93 * 3000, `${times.length} of 3,000`);
  assert.ok(mostIn(times, 1000) <= 50);
});

test('a throttle takes a tenth of the rate, never below 0.3, and 1 % comes back every 10 s', () => {
  const pace = new Pace([{ calls: 1, ms: 1000 }]);
  pace.slowDown(0);
  assert.equal(pace.rate(0), 0.9);
  assert.equal(pace.rate(9_999), 0.9);
  assert.ok(Math.abs(pace.rate(30_000) - 0.93) < 1e-9);
  assert.equal(pace.rate(200_000), 1);
  for (let count = 0; count < 50; count += 1) pace.slowDown(200_000);
  assert.equal(pace.rate(200_000), 0.3);
  pace.sent(200_000);
  assert.ok(Math.abs(pace.wait(200_000) - 1000 / 0.95 / 0.3) < 1e-6);
});

test('an endpoint without windows never waits', () => {
  const pace = new Pace([]);
  pace.sent(0);
  assert.equal(pace.wait(0), 0);
});

test('a request that was under way for longer than others keeps its window from its latest arrival', () => {
  const answered = (took: number): number => {
    const pace = new Pace([{ calls: 2, ms: 1000 }]);
    pace.sent(0).took = took;
    pace.sent(600).took = 100;
    return 1000 + pace.wait(1000);
  };
  assert.equal(answered(300), 1200);
  assert.ok(Math.abs(answered(150) - 1000 / 0.95) < 1e-9, 'the margin is enough for 50 ms');
  assert.ok(Math.abs(answered(90) - 1000 / 0.95) < 1e-9, 'the fastest was not late');
});

test('an answer that took seconds says nothing of the way, and holds no minute up', () => {
  const pace = new Pace([{ calls: 2, ms: 60_000 }]);
  pace.sent(0).took = 9000;
  pace.sent(0).took = 100;
  assert.equal(pace.wait(0), 60_000 / 0.95);
});

test('arrivals that a standstill bunches break no window', () => {
  const pace = new Pace([{ calls: 50, ms: 1000 }]);
  const arrivals: number[] = [];
  const answers: { readonly at: number; readonly begin: () => void }[] = [];
  for (let now = 0; now < 60_000; ) {
    while (answers[0] !== undefined && answers[0].at <= now) answers.shift()?.begin();
    const wait = pace.wait(now);
    if (wait > 0) {
      now = Math.min(now + wait, answers[0]?.at ?? Number.POSITIVE_INFINITY);
      continue;
    }
    const sent = pace.sent(now);
    // For 200 ms in every 1700 nothing arrives.
    const arrived = now % 1700 < 200 ? now + 200 - (now % 1700) : now;
    const at = arrived + 80;
    arrivals.push(arrived);
    answers.push({ at, begin: () => (sent.took = at - sent.at) });
  }
  // Sums of fractions: a window is kept up to a rounding error.
  assert.equal(mostIn(arrivals, 999.999), 50);
  assert.ok(arrivals.length >= 0.85 * 3000, `${arrivals.length} of 3,000`);
});
