import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { InterruptedError, SourceError, TransientError } from '../../../src/errors.ts';
import type { Auth } from '../../../src/extract/settings.ts';
import {
  collect,
  endpoint,
  granted,
  json,
  listEndpoint,
  ok,
  type Reply,
  tenant,
} from './server.ts';

function page(items: readonly unknown[], next?: string): Reply {
  return ok({ items, has_more: next !== undefined, page_token: next ?? '' });
}

test('every page is asked for with the largest size and the token of the one before', async (t) => {
  const it = await tenant(t, [page([1], 'a+b'), page([], 'c'), page([2])]);
  const pages = await collect(it.lark.pages(listEndpoint, { query: { ids: ['x', 'y'] } }));
  assert.deepEqual(
    pages.map(({ items }) => items),
    [[1], [], [2]],
  );
  const start = '/open-apis/things/v1/things?page_size=50&ids=x&ids=y';
  assert.deepEqual(
    it.asked.map(({ url }) => url),
    [start, `${start}&page_token=a%2Bb`, `${start}&page_token=c`],
  );
});

test('a page that fails is asked for again with the same page token', async (t) => {
  const cut: Reply = (response) => void response.socket?.destroy();
  const it = await tenant(t, [page([1], 'a'), cut, page([2])]);
  const pages = await collect(it.lark.pages(listEndpoint));
  assert.deepEqual(
    pages.map(({ items }) => items),
    [[1], [2]],
  );
  assert.equal(it.asked[1]?.url, it.asked[2]?.url);
});

test('a page that never comes fails the listing after the pages before it', async (t) => {
  const it = await tenant(t, (response, seen) =>
    (seen.url.includes('page_token') ? json('', 502) : page([1], 'a'))(response, seen),
  );
  const given: unknown[] = [];
  const reading = (async () => {
    for await (const { items } of it.lark.pages(listEndpoint)) given.push(items);
  })();
  await assert.rejects(reading, TransientError);
  assert.deepEqual(given, [[1]]);
});

test('a page that does not say whether there is more is asked for again, then fails', async (t) => {
  const once = await tenant(t, [ok({ items: [1] }), page([2])]);
  const pages = await collect(once.lark.pages(listEndpoint));
  assert.deepEqual(
    pages.map(({ items }) => items),
    [[2]],
  );
  const always = await tenant(t, ok({ items: [1] }));
  await assert.rejects(collect(always.lark.pages(listEndpoint)), (error) => {
    assert.ok(error instanceof TransientError);
    return error.circumstances.status === 200 && /whether there is more/.test(error.message);
  });
  assert.equal(always.asked.length, 8);
});

test('the next page is requested while one is used, and no more than that one', async (t) => {
  let answered = 0;
  const it = await tenant(t, (response, seen) => {
    answered += 1;
    page([answered], answered < 4 ? `${answered}` : undefined)(response, seen);
  });
  const ahead: number[] = [];
  for await (const { items } of it.lark.pages(listEndpoint)) {
    const [number] = Array.isArray(items) ? items : [];
    while (it.asked.length <= Math.min(Number(number), 3)) await setTimeout(2);
    await setTimeout(20);
    ahead.push(it.asked.length - Number(number));
  }
  assert.deepEqual(ahead, [1, 1, 1, 0]);
});

test('a reader that leaves breaks off the request ahead of it', async (t) => {
  const closed = Promise.withResolvers<void>();
  const it = await tenant(t, [
    page([1], 'a'),
    (response) => {
      response.on('close', closed.resolve);
    },
  ]);
  for await (const _ of it.lark.pages(listEndpoint)) {
    while (it.asked.length < 2) await setTimeout(2);
    break;
  }
  await closed.promise;
  assert.equal(it.tally.count('failed'), 0);
});

test('a refused page token starts the listing again, and says so when it gives up', async (t) => {
  const it = await tenant(t, (response, seen) => {
    const expired = json({ code: 1254002, msg: 'Fail' });
    (seen.url.includes('page_token') ? expired : page([1], 'old'))(response, seen);
  });
  await assert.rejects(collect(it.lark.pages(listEndpoint)), (error) => {
    assert.ok(error instanceof SourceError);
    assert.equal(error.circumstances.code, 1254002);
    return /started 3 times/.test(error.message);
  });
  assert.equal(it.asked.length, 6);
});

test('an aborted signal ends a call that waits for Lark, and one that has not begun', async (t) => {
  const stop = new AbortController();
  const it = await tenant(t, () => {}, { signal: stop.signal });
  const call = it.lark.call(endpoint());
  call.catch(() => {});
  while (it.asked.length === 0) await setTimeout(2);
  stop.abort();
  await assert.rejects(call, InterruptedError);
  await assert.rejects(it.lark.call(endpoint()), InterruptedError);
  await assert.rejects(collect(it.lark.pages(listEndpoint)), InterruptedError);
  assert.deepEqual([it.asked.length, it.tally.count('failed')], [1, 0]);
});

test('an aborted call does not take the token from those who wait for it too', async (t) => {
  let answer = (): void => {};
  const token: Reply = (response, seen) => {
    answer = () => granted('t-1')(response, seen);
  };
  const it = await tenant(t, ok({ a: 1 }), { token });
  const stop = new AbortController();
  const aborted = it.connection.lark(it.tally, stop.signal).call(endpoint());
  aborted.catch(() => {});
  const patient = it.lark.call(endpoint());
  while (it.signIns.length === 0) await setTimeout(2);
  stop.abort();
  await assert.rejects(aborted, InterruptedError);
  answer();
  assert.deepEqual(await patient, { a: 1 });
  assert.equal(it.signIns.length, 1);
});

test('closing the connection interrupts its calls', async (t) => {
  const it = await tenant(t, () => {});
  const call = it.lark.call(endpoint());
  call.catch(() => {});
  while (it.asked.length === 0) await setTimeout(2);
  await it.connection.close();
  await assert.rejects(call, InterruptedError);
});

const dated = { date: 'Tue, 01 Jan 2030 00:00:00 GMT' };
const tokenOf2030 = json({ code: 0, tenant_access_token: 't-1', expire: 7200 }, 200, dated);

test("the tenant's time is that of its answers, however wrong the local clock", async (t) => {
  const it = await tenant(t, ok({}), { token: tokenOf2030 });
  assert.equal(await it.lark.now(), Date.UTC(2030, 0, 1));
  it.clock.time += 61_000;
  assert.equal(await it.lark.now(), Date.UTC(2030, 0, 1, 0, 1, 1));
  assert.deepEqual([it.signIns.length, it.asked.length], [1, 0]);
});

test('with a given token a refusal will do for the time, asked for once', async (t) => {
  const auth: Auth = { mode: 'store_app', tenantAccessToken: 't-given' };
  const refusal = json({ code: 99991672, msg: 'Access denied' }, 400, dated);
  const it = await tenant(t, refusal, { auth });
  const times = await Promise.all([it.lark.now(), it.lark.now()]);
  assert.deepEqual(times, [Date.UTC(2030, 0, 1), Date.UTC(2030, 0, 1)]);
  assert.deepEqual(
    it.asked.map(({ url }) => url),
    ['/open-apis/contact/v3/scopes'],
  );
});

test('without a valid date the local clock must do', async (t) => {
  const token = json({ code: 0, tenant_access_token: 't', expire: 7200 }, 200, { date: 'x' });
  const it = await tenant(t, json('', 404, { date: 'x' }), { token });
  const before = Date.now();
  const now = await it.lark.now();
  assert.ok(now >= before && now <= Date.now());
});

test('a call that waited for its slot longer than the token lasts gets a new one', async (t) => {
  const token: Reply = (response, seen) => granted(`t-${Math.random()}`, 100)(response, seen);
  const it = await tenant(
    t,
    (response, seen) => {
      it.clock.time += 1_000_000;
      ok({})(response, seen);
    },
    { token },
  );
  const serial = endpoint({ serial: true });
  await Promise.all(Array.from({ length: 3 }, () => it.lark.call(serial)));
  assert.equal(new Set(it.asked.map(({ headers }) => headers.authorization)).size, 3);
});
