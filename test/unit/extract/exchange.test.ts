import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PermissionError, QuotaError, SourceError } from '../../../src/errors.ts';
import { type JsonObject, objectsOf } from '../../../src/json.ts';
import {
  collect,
  endpoint,
  json,
  listEndpoint,
  ok,
  type Reply,
  type Seen,
  tenant,
} from './server.ts';

test('each request is allowed by the meter, then told to it, before it is sent', async (t) => {
  const it = await tenant(t, [json('', 502), ok({})]);
  await it.lark.call(endpoint());
  assert.deepEqual(it.tally.events, ['allow', 'sent', 'failed', 'retried', 'allow', 'sent']);
});

test('a meter that refuses ends the call: nothing is sent', async (t) => {
  const it = await tenant(t, [json('', 502), ok({})]);
  it.tally.limit = { requests: 1, error: new QuotaError('the limit of this run') };
  await assert.rejects(it.lark.call(endpoint()), (error) => {
    assert.ok(error instanceof QuotaError);
    return error.circumstances.endpoint === 'things.list';
  });
  assert.deepEqual([it.asked.length, it.tally.count('sent'), it.tally.count('failed')], [1, 1, 1]);
});

test('a call that cannot be made is neither sent nor counted', async (t) => {
  const it = await tenant(t, ok({}));
  await assert.rejects(it.lark.call(endpoint({ path: '/open-apis/x/:id' })), SourceError);
  assert.deepEqual([it.asked.length, it.tally.events], [0, []]);
});

test('numbers keep every digit and odd keys stay keys', async (t) => {
  const text =
    '{"code":0,"data":{"big":12345678901234567890,"exact":9007199254740993.12,"half":1.50,"__proto__":{"x":1}}}';
  const it = await tenant(t, json(text));
  const data = await it.lark.call(endpoint());
  assert.equal(
    JSON.stringify(data),
    '{"big":12345678901234567890,"exact":9007199254740993.12,"half":1.50,"__proto__":{"x":1}}',
  );
});

function page(ids: readonly number[], more: boolean): string {
  const items = ids.map((id) => ({ id, pad: 'x'.repeat(20) }));
  return JSON.stringify({
    code: 0,
    msg: '',
    data: { total: 3, items, has_more: more, page_token: 'n' },
  });
}

const first = Array.from({ length: 240 }, (_, id) => id);
const large = { largeBodyBytes: 1000 };

test('a large page comes in parts, the rest of its data with the last', async (t) => {
  const it = await tenant(t, [json(page(first, true)), json(page([240], false))], large);
  const parts = await collect(it.lark.pages(listEndpoint));
  const lengths = parts.map(({ items }) => (Array.isArray(items) ? items.length : undefined));
  assert.deepEqual(lengths, [100, 100, 40, 1]);
  assert.deepEqual(Object.keys(parts[0] ?? {}), ['items']);
  assert.deepEqual([parts[2]?.['has_more'], parts[2]?.['total']], [true, 3]);
});

test('call gives a large body whole, list or not', async (t) => {
  const it = await tenant(t, json(page(first, true)), large);
  const { items } = await it.lark.call(listEndpoint);
  assert.ok(Array.isArray(items) && items.length === 240);
});

test('a large page that breaks off is asked for again, and its parts are given again', async (t) => {
  const text = page(first, false);
  const cut: Reply = (response) => {
    response.writeHead(200, { 'content-length': text.length }).write(text.slice(0, -400));
    setImmediate(() => response.socket?.end());
  };
  const it = await tenant(t, [cut, json(text)], large);
  const parts = await collect(it.lark.pages(listEndpoint));
  const ids = parts.flatMap(({ items }) => (Array.isArray(items) ? items : [])).map(({ id }) => id);
  assert.deepEqual(ids, [...first.slice(0, 200), ...first]);
  assert.deepEqual([it.tally.count('failed'), it.tally.count('retried')], [1, 1]);
});

test('a small page that breaks off gives nothing', async (t) => {
  const text = page([1, 2, 3], false);
  const cut: Reply = (response) => {
    response.writeHead(200, { 'content-length': text.length }).write(text.slice(0, -4));
    response.socket?.end();
  };
  const it = await tenant(t, [cut, cut, json(text)]);
  assert.equal((await collect(it.lark.pages(listEndpoint))).length, 1);
});

test('a large refusal is what its code says, whichever key comes first', async (t) => {
  const lists = JSON.stringify({ items: first, has_more: false });
  const text = `{"code":99991672,"msg":"[a:b]","data":${lists}}`;
  const it = await tenant(t, json(text, 400), large);
  await assert.rejects(collect(it.lark.pages(listEndpoint)), (error) => {
    assert.ok(error instanceof PermissionError);
    return error.scopes[0] === 'a:b';
  });
  const late = await tenant(t, json(`{"data":${lists},"code":99991672}`, 400), large);
  await assert.rejects(collect(late.lark.pages(listEndpoint)), (error) => {
    assert.ok(error instanceof PermissionError);
    return error.scopes[0] === 'things:read';
  });
});

test('the reader of a large page may call the same endpoint, serial or not', async (t) => {
  const serial = { ...listEndpoint, serial: true };
  const it = await tenant(t, json(page(first, false)), large);
  let calls = 0;
  for await (const _ of it.lark.pages(serial)) {
    await it.lark.call(serial);
    calls += 1;
  }
  assert.equal(calls, 3);
});

test('requests to a serial endpoint are never under way together', async (t) => {
  let underWay = 0;
  let most = 0;
  const it = await tenant(t, (response, seen) => {
    underWay += 1;
    most = Math.max(most, underWay);
    setTimeout(() => {
      underWay -= 1;
      ok({})(response, seen);
    }, 10);
  });
  const calls = Array.from({ length: 5 }, () => it.lark.call(endpoint({ serial: true })));
  await Promise.all(calls);
  assert.equal(most, 1);
  await Promise.all(
    Array.from({ length: 3 }, () => it.lark.call(endpoint({ path: '/open-apis/other' }))),
  );
  assert.ok(most > 1);
});

/** Its second item is broken when asked for the first time; what is around the items is not. */
function brokenOnce(tokens: readonly [string, string]): (nth: number, url: string) => string {
  return (nth, url) => {
    const after = /page_token=(\w+)/.exec(url)?.[1];
    const items = `[{"id":"${after ?? 'first'}","by":{"x":1}},{"id":${nth === 1 ? '' : 2}}]`;
    const more =
      after === undefined ? `true,"page_token":"${nth === 1 ? tokens[0] : tokens[1]}"` : 'false';
    return `{"code":0,"data":{"items":${items},"has_more":${more}}}`;
  };
}

for (const verbatim of [[], ['by']]) {
  for (const serial of [true, false]) {
    const list = { ...listEndpoint, verbatim, serial };

    test(`nothing of a page with a broken item is used, the next one is asked for only once (${verbatim}, ${serial})`, async (t) => {
      const text = brokenOnce(['a', 'a']);
      const it = await tenant(t, (response, seen) =>
        json(text(it.asked.length, seen.url))(response, seen),
      );
      const pages = await collect(it.lark.pages(list));
      assert.deepEqual(idsOf(pages), ['first', 2, 'a', 2]);
      assert.deepEqual(tokensAsked(it.asked), [undefined, 'a', undefined]);
      assert.deepEqual([it.tally.count('failed'), it.tally.count('retried')], [1, 1]);
    });

    test(`what a broken page said of the next one is forgotten (${verbatim}, ${serial})`, async (t) => {
      const text = brokenOnce(['wrong', 'right']);
      const it = await tenant(t, (response, seen) =>
        json(text(it.asked.length, seen.url))(response, seen),
      );
      const pages = await collect(it.lark.pages(list));
      assert.deepEqual(idsOf(pages), ['first', 2, 'right', 2]);
      assert.deepEqual(tokensAsked(it.asked), [undefined, 'wrong', undefined, 'right']);
      assert.deepEqual([it.tally.count('failed'), it.tally.count('retried')], [1, 1]);
    });
  }
}

function idsOf(pages: readonly JsonObject[]): unknown[] {
  return pages.flatMap(({ items }) => objectsOf(items)).map(({ id }) => id);
}

function tokensAsked(asked: readonly Seen[]): unknown[] {
  return asked.map(({ url }) => /page_token=(\w+)/.exec(url)?.[1]);
}
