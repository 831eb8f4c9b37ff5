import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AuthError,
  NotFoundError,
  QuotaError,
  SourceError,
  ThrottledError,
  TransientError,
} from '../../../src/errors.ts';
import { endpoint, json, ok, type Reply, type Seen, tenant } from './server.ts';

const things = endpoint();
const html = json('<html>hush</html>', 502);

test('a passing failure is repeated until the answer comes', async (t) => {
  const cut: Reply = (response) => void response.socket?.destroy();
  const busy = json({ code: 1254607, msg: 'Data not ready, please try again later' }, 400);
  const it = await tenant(t, [html, cut, busy, ok({ a: 1 })]);
  assert.deepEqual(await it.lark.call(things), { a: 1 });
  assert.equal(it.tally.count('sent'), 4);
  assert.equal(it.tally.count('failed'), 3);
  assert.deepEqual(it.tally.retries, [250, 500, 1000]);
  assert.deepEqual(it.clock.slept, [250, 500, 1000]);
  assert.equal(new Set(it.asked.map(({ url }) => url)).size, 1);
});

const garbage: readonly (readonly [string, Reply, RegExp])[] = [
  ['an HTML page under 502', html, /an HTML page/],
  ['an HTML page under 200', json('<!doctype html><p>hush', 200), /an HTML page/],
  ['an HTML page under 404', json('<html>hush', 404), /an HTML page/],
  ['an empty body under 200', json(''), /an empty body/],
  ['cut JSON under 200', json('{"code":0,"data":{"hush":'), /breaks off/],
  ['a list', json([{ hush: 1 }]), /JSON that is no object/],
  ['an object without a code', json({ hush: 1 }), /without a numeric code/],
  ['a code in words', json({ code: 'hush' }), /without a numeric code/],
  ['a success without data', json({ code: 0, msg: 'hush' }), /a success without data/],
];

for (const [name, reply, what] of garbage) {
  test(`${name} is tried eight times, then surfaces with status and endpoint`, async (t) => {
    const it = await tenant(t, reply);
    await assert.rejects(it.lark.call(things), (error) => {
      assert.ok(error instanceof TransientError);
      assert.match(error.message, what);
      assert.match(error.message, /tried 8 times/);
      assert.doesNotMatch(error.message, /hush/);
      assert.equal(error.circumstances.endpoint, 'things.list');
      assert.equal(error.circumstances.source, 'acme');
      return typeof error.circumstances.status === 'number';
    });
    assert.equal(it.asked.length, 8);
  });
}

test('when everything fails, the load grows by a tenth and 20 requests at most', async (t) => {
  const it = await tenant(t, html);
  for (let count = 0; count < 200; count += 1) {
    await assert.rejects(it.lark.call(things), TransientError);
  }
  assert.ok(it.asked.length <= 200 + 20 + 20 && it.asked.length >= 230, `${it.asked.length}`);
});

const throttles: readonly (readonly [string, Reply])[] = [
  ['429 with 99991400', json({ code: 99991400, msg: 'x' }, 429, { 'x-ogw-ratelimit-reset': '39' })],
  ['400 with 99991400', json({ code: 99991400, msg: 'x' }, 400, { 'x-ogw-ratelimit-reset': '39' })],
  ['200 with 1254290', json({ code: 1254290, msg: 'x', data: {} }, 200, { 'retry-after': '39' })],
];

for (const [name, reply] of throttles) {
  test(`${name} is waited for, as a throttle and not as a failure`, async (t) => {
    const it = await tenant(t, [reply, ok({ a: 1 })]);
    assert.deepEqual(await it.lark.call(things), { a: 1 });
    assert.deepEqual(it.clock.slept, [39_250]);
    assert.deepEqual(it.tally.throttles, [39_250]);
    assert.equal(it.tally.waitedMs, 39_250);
    assert.deepEqual([it.tally.count('failed'), it.tally.count('retried')], [0, 0]);
  });
}

test('throttles cost time, not attempts, and end after ten minutes without a success', async (t) => {
  const it = await tenant(
    t,
    json({ code: 99991400, msg: 'x' }, 429, { 'x-ogw-ratelimit-reset': '20' }),
  );
  const from = it.clock.now();
  await assert.rejects(it.lark.call(things), (error) => {
    assert.ok(error instanceof ThrottledError);
    assert.match(error.message, /for 10 minutes without one success/);
    assert.equal(error.circumstances.code, 99991400);
    return error.hint !== undefined;
  });
  assert.ok(it.asked.length > 20 && it.asked.length < 40, `${it.asked.length}`);
  assert.ok(it.clock.now() - from >= 600_000 && it.clock.now() - from < 660_000);
  const before = it.asked.length;
  const again = it.lark.call(things);
  await assert.rejects(again, ThrottledError);
  assert.ok(it.asked.length - before > 20, 'a later call has a time of its own');
});

test('a throttled call keeps waiting while others of its endpoint succeed', async (t) => {
  let unlucky = 0;
  const it = await tenant(t, (response, seen) => {
    const isLucky = seen.url.includes('lucky=true');
    if (!isLucky) unlucky += 1;
    const throttled = json({ code: 99991400, msg: 'x' }, 429, { 'x-ogw-ratelimit-reset': '60' });
    (isLucky || unlucky > 15 ? ok({ a: 1 }) : throttled)(response, seen);
  });
  const serial = endpoint({ serial: true });
  const waiting = it.lark.call(serial);
  for (let count = 0; count < 30; count += 1)
    await it.lark.call(serial, { query: { lucky: true } });
  assert.deepEqual(await waiting, { a: 1 });
  assert.equal(unlucky, 16);
});

const finals: readonly (readonly [
  string,
  number,
  number,
  abstract new (...args: never[]) => Error,
])[] = [
  ['the monthly quota', 99991403, 429, QuotaError],
  ['an unknown thing', 1390003, 400, NotFoundError],
  ['an unknown code', 4711, 400, SourceError],
];

for (const [name, code, status, kind] of finals) {
  test(`${name} is asked for once`, async (t) => {
    const it = await tenant(t, json({ code, msg: 'no' }, status, { 'x-ogw-ratelimit-reset': '1' }));
    await assert.rejects(it.lark.call(things), kind);
    assert.equal(it.asked.length, 1);
    assert.equal(it.tally.count('failed'), 1);
  });
}

const refused = json({ code: 99991663, msg: 'Invalid access token for authorization.' }, 400);

function bearers(asked: readonly Seen[]): unknown[] {
  return asked.map(({ headers }) => headers.authorization);
}

test('a refused token is renewed and the request repeated', async (t) => {
  const it = await tenant(t, [refused, ok({ a: 1 })]);
  assert.deepEqual(await it.lark.call(things), { a: 1 });
  assert.deepEqual(bearers(it.asked), ['Bearer t-token-1', 'Bearer t-token-2']);
});

test('a renewal that gives the same token is tried all the same', async (t) => {
  const token = json({ code: 0, msg: 'ok', tenant_access_token: 't-same', expire: 7000 });
  const it = await tenant(t, [refused, ok({ a: 1 })], { token });
  assert.deepEqual(await it.lark.call(things), { a: 1 });
  assert.deepEqual([it.signIns.length, it.asked.length], [2, 2]);
});

test('refused again after its renewal, it is an AuthError', async (t) => {
  const it = await tenant(t, refused);
  await assert.rejects(it.lark.call(things), (error) => {
    assert.ok(error instanceof AuthError);
    assert.equal(error.circumstances.code, 99991663);
    return /also after it was renewed/.test(error.message);
  });
  assert.deepEqual([it.signIns.length, it.asked.length], [2, 2]);
});

test('many calls that see a token refused share one renewal', async (t) => {
  const it = await tenant(t, (response, seen) => {
    const good = seen.headers.authorization === 'Bearer t-token-2';
    (good ? ok({ a: 1 }) : refused)(response, seen);
  });
  const calls = Array.from({ length: 12 }, () => it.lark.call(things));
  for (const data of await Promise.all(calls)) assert.deepEqual(data, { a: 1 });
  assert.equal(it.signIns.length, 2);
});

test('many calls whose token is refused for good send two requests each at most', async (t) => {
  const it = await tenant(t, refused);
  const calls = Array.from({ length: 12 }, () => it.lark.call(things));
  for (const call of await Promise.allSettled(calls)) {
    assert.ok(call.status === 'rejected' && call.reason instanceof AuthError);
  }
  assert.ok(it.asked.length <= 24 && it.signIns.length <= 13);
});
