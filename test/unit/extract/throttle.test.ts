import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { InterruptedError, ThrottledError } from '../../../src/errors.ts';
import { Throttle, type Waits } from '../../../src/extract/throttle.ts';
import type { Endpoint } from '../../../src/tenant.ts';
import { PlayedClock } from './hasty-clock.ts';
import { endpoint } from './server.ts';

const live = new AbortController().signal;
const ready = async (): Promise<void> => {};
const silent: Waits = { waited() {}, throttled() {} };

interface Played {
  readonly sent: number[];
  readonly most: number;
}

/** Runs so many requests of this latency through a throttle; `answer` may throw. */
async function play(
  clock: PlayedClock,
  what: Endpoint,
  requests: number,
  latency: () => number,
  answer: (index: number) => void = () => {},
): Promise<Played> {
  const throttle = new Throttle(what, clock);
  const sent: number[] = [];
  let underWay = 0;
  let most = 0;
  const one = async (index: number): Promise<void> => {
    await throttle.run(live, silent, ready, async () => {
      sent.push(clock.now());
      underWay += 1;
      most = Math.max(most, underWay);
      await clock.sleep(latency(), live);
      underWay -= 1;
      answer(index);
    });
  };
  await Promise.allSettled(Array.from({ length: requests }, (_, index) => one(index)));
  return { sent, most };
}

test('both windows hold at any server phase and 93 % of the rate is used, with 32 under way', async () => {
  const clock = new PlayedClock();
  const windows = [
    { calls: 1000, ms: 60_000 },
    { calls: 50, ms: 1000 },
  ];
  const { sent, most } = await play(
    clock,
    endpoint({ windows }),
    4000,
    () => 50 + 400 * clock.random(),
  );
  const arrived = sent.map((at) => at + 20 * clock.random()).sort((a, b) => a - b);
  for (const { calls, ms } of windows) {
    for (let first = 0; first + calls < arrived.length; first += 1) {
      const span = (arrived[first + calls] ?? 0) - (arrived[first] ?? 0);
      assert.ok(span >= ms, `${calls + 1} calls arrived within ${span} ms`);
    }
  }
  const minutes = ((sent.at(-1) ?? 0) + 1) / 60_000;
  // Four bursts of 1000 take three pauses: the last one is not waited out.
  assert.ok(minutes <= 3 / 0.93 + 0.5, `4000 calls took ${minutes} minutes`);
  assert.ok(most <= 32);
});

test('at most one request of a serial endpoint is under way', async () => {
  const clock = new PlayedClock();
  const what = endpoint({ serial: true, windows: [{ calls: 20, ms: 1000 }] });
  const { most } = await play(clock, what, 30, () => 200);
  assert.equal(most, 1);
});

test('as many requests are under way as the rate needs', async () => {
  const under = async (calls: number): Promise<number> => {
    const what = endpoint({ windows: [{ calls, ms: 1000 }] });
    return (await play(new PlayedClock(), what, 300, () => 5000)).most;
  };
  assert.deepEqual([await under(1), await under(5), await under(100)], [1, 5, 32]);
});

test('a throttled answer rests every caller for what Lark asks, and then one alone tries', async () => {
  const clock = new PlayedClock();
  const what = endpoint({ windows: [{ calls: 50, ms: 1000 }] });
  const refusedUntil = 40_000;
  const starts: number[] = [];
  const throttle = new Throttle(what, clock);
  const one = async (): Promise<void> => {
    for (;;) {
      const done = await throttle
        .run(live, silent, ready, async () => {
          starts.push(clock.now());
          const at = clock.now();
          await clock.sleep(100, live);
          if (at < refusedUntil) throw new ThrottledError('slow down', { retryAfterMs: 10_000 });
          return true;
        })
        .catch(() => false);
      if (done) return;
    }
  };
  await Promise.all(Array.from({ length: 40 }, one));
  const [first = 0] = starts;
  const early = starts.filter((at) => at < first + 100);
  const during = starts.filter((at) => at > first + 100 + 150 && at < first + 10_100);
  assert.ok(early.length <= 10, `${early.length} before the first refusal`);
  assert.equal(during.length, 0);
  const refused = starts.filter((at) => at < refusedUntil).length - early.length;
  assert.ok(refused <= 4, `${refused} requests only to be refused again`);
  assert.equal(starts.length, 40 + refused + early.length);
});

test('waits are told, and end at once when the signal aborts', async () => {
  const clock = new PlayedClock();
  const throttle = new Throttle(endpoint({ windows: [{ calls: 1, ms: 1000 }] }), clock);
  let waited = 0;
  const waits: Waits = { waited: (ms) => (waited += ms), throttled() {} };
  await throttle.run(live, waits, ready, async () => {});
  await throttle.run(live, waits, ready, async () => {});
  assert.ok(Math.abs(waited - 1000 / 0.95) < 1);
  const stop = new AbortController();
  const before = clock.now();
  const third = throttle.run(stop.signal, waits, ready, async () => assert.fail('was sent'));
  const fourth = throttle.run(stop.signal, waits, ready, async () => assert.fail('was sent'));
  stop.abort();
  await assert.rejects(third, InterruptedError);
  await assert.rejects(fourth, InterruptedError);
  assert.equal(clock.now(), before);
});

const slowDown = new ThrottledError('slow down', { retryAfterMs: 1000 });

test('a throttle slows the endpoint down; what was under way with it does not do so again', async () => {
  const clock = new PlayedClock();
  clock.random = () => 0;
  const throttle = new Throttle(endpoint({ windows: [{ calls: 5, ms: 1000 }] }), clock);
  const answered = (): Promise<void> => throttle.run(live, silent, ready, async () => {});
  const refused = throttle.run(live, silent, ready, async () => {
    await clock.sleep(1500, live);
    throw slowDown;
  });
  const alsoRefused = throttle.run(live, silent, ready, async () => {
    await clock.sleep(1600, live);
    throw slowDown;
  });
  await assert.rejects(refused, ThrottledError);
  await assert.rejects(alsoRefused, ThrottledError);
  await answered();
  const from = clock.now();
  await answered();
  const interval = 1000 / 0.95 / 5;
  assert.ok(Math.abs(clock.now() - from - interval / 0.9) < 0.01);
});

test('a success that was under way when Lark refused does not let others go with the first after the rest', async () => {
  const clock = new PlayedClock();
  const throttle = new Throttle(endpoint({ windows: [{ calls: 50, ms: 1000 }] }), clock);
  const run = (latency: number, end?: ThrottledError): Promise<void> =>
    throttle.run(live, silent, ready, async () => {
      await clock.sleep(latency, live);
      if (end !== undefined) throw end;
    });
  const late = run(500);
  await assert.rejects(run(100, slowDown), ThrottledError);
  await late;
  const begun: number[] = [];
  const one = (): Promise<void> =>
    throttle.run(live, silent, ready, async () => {
      begun.push(clock.now());
      await clock.sleep(200, live);
    });
  await Promise.all([one(), one(), one()]);
  const [first = 0, second = 0] = begun;
  assert.ok(second - first >= 200, `the second went ${second - first} ms after the first`);
});

test('the time of the latest success is known', async () => {
  const clock = new PlayedClock();
  const throttle = new Throttle(endpoint(), clock);
  await throttle.run(live, silent, ready, () => clock.sleep(70, live));
  await assert.rejects(
    throttle.run(live, silent, ready, async () => {
      await clock.sleep(30, live);
      throw slowDown;
    }),
  );
  assert.equal(throttle.lastSuccess, 70);
});

test('an aborted request that waits for another to find out whether Lark answers is not sent', async () => {
  const clock = new PlayedClock();
  const throttle = new Throttle(endpoint(), clock);
  const refused = throttle.run(live, silent, ready, async () => {
    throw slowDown;
  });
  await assert.rejects(refused, ThrottledError);
  const answer = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const probe = throttle.run(live, silent, ready, async () => {
    begun.resolve();
    await answer.promise;
  });
  const stop = new AbortController();
  let sent = false;
  const waiting = throttle.run(stop.signal, silent, ready, async () => {
    sent = true;
  });
  await begun.promise;
  await setImmediate();
  stop.abort();
  await assert.rejects(waiting, InterruptedError);
  answer.resolve();
  await probe;
  await setImmediate();
  assert.equal(sent, false);
});

test('what a request needs is made ready in its slot, before it waits for the rate limit', async () => {
  const clock = new PlayedClock();
  const throttle = new Throttle(endpoint({ windows: [{ calls: 1, ms: 1000 }] }), clock);
  const order: string[] = [];
  const one = (name: string): Promise<void> =>
    throttle.run(
      live,
      silent,
      async () => {
        await clock.sleep(300, live);
        order.push(`${name} ready at ${clock.now()}`);
        return name;
      },
      async (readied) => {
        order.push(`${readied} sent at ${Math.round(clock.now())}`);
      },
    );
  await Promise.all([one('a'), one('b')]);
  assert.deepEqual(order, ['a ready at 300', 'a sent at 300', 'b ready at 600', 'b sent at 1353']);
});
