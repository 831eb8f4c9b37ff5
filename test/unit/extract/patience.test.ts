import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuthError, TransientError } from '../../../src/errors.ts';
import { connect } from '../../../src/extract/connect.ts';
import { Patience } from '../../../src/extract/patience.ts';
import { HastyClock } from './hasty-clock.ts';
import { endpoint, json, ok, tenant } from './server.ts';
import { Tally } from './tally.ts';

const auth = { mode: 'custom_app', appId: 'cli_a', appSecret: 's3cret-of-app' } as const;
/** Nothing listens at port 1. */
const nowhere = { source: 'acme', baseUrl: 'http://127.0.0.1:1', auth };
const live = new AbortController().signal;

test('pauses are worth while for 30 s from the first request on, and for good after an answer', () => {
  const clock = new HastyClock();
  const patience = new Patience(clock);
  patience.begin();
  clock.time += 25_000;
  patience.begin();
  assert.equal(patience.lasts(5000), true);
  assert.equal(patience.lasts(5001), false);
  patience.answered();
  assert.equal(patience.lasts(600_000), true);
});

test('a tenant that was given up is not asked again, unless it answered after all', () => {
  const patience = new Patience(new HastyClock());
  const failure = new TransientError('unreachable');
  patience.begin();
  patience.giveUp(failure);
  patience.giveUp(new TransientError('later'));
  assert.throws(() => patience.begin(), failure);
  patience.answered();
  patience.begin();
});

for (const chance of [0, 0.5, 0.999]) {
  test(`a tenant that never answers is given up within 30 s, whatever the pauses (${chance})`, async () => {
    const clock = new HastyClock();
    clock.chance = chance;
    const from = clock.now();
    const connection = connect(nowhere, clock);
    const tally = new Tally();
    const calls = Array.from({ length: 5 }, () => connection.lark(tally, live).call(endpoint()));
    for (const call of await Promise.allSettled(calls)) {
      assert.ok(call.status === 'rejected' && call.reason instanceof TransientError);
      assert.match(call.reason.message, /refused \(ECONNREFUSED\) \(tried \d times\)$/);
      assert.match(call.reason.hint ?? '', /see that this machine reaches that host/);
    }
    assert.ok(clock.now() - from <= 30_000, `${clock.now() - from} ms`);
    const { length } = clock.slept;
    await assert.rejects(connection.lark(tally, live).call(endpoint()), TransientError);
    assert.equal(clock.slept.length, length, 'a later call fails at once');
    assert.equal(tally.count('sent'), 0);
    await connection.close();
  });
}

test('signing in alone is given up within 30 s, and not tried again', async () => {
  const clock = new HastyClock();
  clock.chance = 0.999;
  const from = clock.now();
  const connection = connect(nowhere, clock);
  await assert.rejects(connection.verify(), TransientError);
  assert.ok(clock.now() - from <= 30_000, `${clock.now() - from} ms`);
  const { length } = clock.slept;
  await assert.rejects(connection.verify(), TransientError);
  assert.equal(clock.slept.length, length);
  await connection.close();
});

test('a token that was given is given up for as well', async () => {
  const clock = new HastyClock();
  const given = { mode: 'store_app', tenantAccessToken: 't-given' } as const;
  const connection = connect({ ...nowhere, auth: given }, clock);
  const tally = new Tally();
  await assert.rejects(connection.lark(tally, live).call(endpoint()), TransientError);
  const { length } = clock.slept;
  await assert.rejects(connection.lark(tally, live).call(endpoint()), /tried 8 times/);
  assert.equal(clock.slept.length, length);
  assert.equal(tally.count('sent'), 8);
  await connection.close();
});

test('signing in has repetitions of its own, which a call does not repeat', async (t) => {
  const it = await tenant(t, ok({}), { token: json('<html>', 502) });
  await assert.rejects(it.lark.call(endpoint()), /tried 8 times\)$/);
  assert.equal(it.signIns.length, 8);
  assert.equal(it.tally.count('retried'), 0);
});

test('a tenant that has answered is asked again after a failure', async (t) => {
  let broken = true;
  const it = await tenant(t, (response, seen) => {
    (broken ? json('<html>', 502) : ok({ a: 1 }))(response, seen);
  });
  await assert.rejects(it.lark.call(endpoint()), TransientError);
  broken = false;
  assert.deepEqual(await it.lark.call(endpoint()), { a: 1 });
});

test('a refusal is no reason to give up the tenant', async (t) => {
  const it = await tenant(t, ok({ a: 1 }), { token: json({ code: 10014, msg: 'no' }, 400) });
  await assert.rejects(it.lark.call(endpoint()), AuthError);
  await assert.rejects(it.lark.call(endpoint()), AuthError);
  assert.equal(it.signIns.length, 2);
});
