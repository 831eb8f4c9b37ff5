import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuthError, describe, TransientError } from '../../../src/errors.ts';
import type { Auth } from '../../../src/extract/settings.ts';
import { endpoint, granted, json, ok, type Reply, type Tenant, tenant } from './server.ts';

const custom: Auth = { mode: 'custom_app', appId: 'cli_a', appSecret: 's3cret' };
const ticket: Auth = {
  mode: 'store_app',
  appId: 'cli_a',
  appSecret: 's3cret',
  tenantKey: 'k',
  appTicket: 'tick3t',
};

function bodies({ signIns }: Tenant): unknown[] {
  return signIns.map(({ url, method, body }) => [method, url, JSON.parse(body)]);
}

test('a custom app gets its token with its id and secret', async (t) => {
  const it = await tenant(t, ok({}), { auth: custom, token: granted('t-1') });
  await it.lark.call(endpoint());
  assert.deepEqual(bodies(it), [
    [
      'POST',
      '/open-apis/auth/v3/tenant_access_token/internal',
      { app_id: 'cli_a', app_secret: 's3cret' },
    ],
  ]);
  assert.equal(it.signIns[0]?.headers['content-type'], 'application/json; charset=utf-8');
  assert.equal(it.signIns[0]?.headers.authorization, undefined);
  assert.equal(it.asked[0]?.headers.authorization, 'Bearer t-1');
});

test('a store app gets an app token for its ticket and a tenant token for that', async (t) => {
  const token: Reply = (response, seen) => {
    const isApp = seen.url.endsWith('/app_access_token');
    const field = isApp ? 'app_access_token' : 'tenant_access_token';
    json({ code: 0, msg: 'ok', [field]: isApp ? 'a-1' : 't-1', expire: 7140 })(response, seen);
  };
  const it = await tenant(t, ok({}), { auth: ticket, token });
  await it.lark.call(endpoint());
  assert.deepEqual(bodies(it), [
    [
      'POST',
      '/open-apis/auth/v3/app_access_token',
      { app_id: 'cli_a', app_secret: 's3cret', app_ticket: 'tick3t' },
    ],
    [
      'POST',
      '/open-apis/auth/v3/tenant_access_token',
      { app_access_token: 'a-1', tenant_key: 'k' },
    ],
  ]);
  assert.equal(it.asked[0]?.headers.authorization, 'Bearer t-1');
});

test('a given app token buys the tenant token', async (t) => {
  const auth: Auth = { mode: 'store_app', tenantKey: 'k', appAccessToken: 'a-given' };
  const it = await tenant(t, ok({}), { auth });
  await it.connection.verify();
  assert.deepEqual(bodies(it), [
    [
      'POST',
      '/open-apis/auth/v3/tenant_access_token',
      { app_access_token: 'a-given', tenant_key: 'k' },
    ],
  ]);
});

test('a given tenant token is used as it is; refused, it cannot be renewed', async (t) => {
  const auth: Auth = { mode: 'store_app', tenantAccessToken: 't-given' };
  const it = await tenant(t, [ok({ a: 1 }), json({ code: 99991663, msg: 'invalid' }, 400)], {
    auth,
  });
  assert.deepEqual(await it.lark.call(endpoint()), { a: 1 });
  assert.equal(it.asked[0]?.headers.authorization, 'Bearer t-given');
  await assert.rejects(it.lark.call(endpoint()), (error) => {
    assert.ok(error instanceof AuthError);
    assert.match(error.message, /cannot be renewed/);
    assert.equal(error.circumstances.endpoint, 'things.list');
    return error.hint !== undefined;
  });
  assert.equal(it.signIns.length, 0);
});

const refusals: readonly (readonly [number, number, RegExp])[] = [
  [10003, 401, /app_id and app_secret of source acme/],
  [10014, 400, /app_id and app_secret of source acme/],
  [10012, 200, /app ticket/],
  [99991664, 400, /app_id and app_secret of source acme/],
  [10005, 400, /publish the app/],
];

for (const [code, status, hint] of refusals) {
  test(`${code} of a token endpoint is an AuthError at once and shows no secret`, async (t) => {
    const token = json({ code, msg: 'secret s3cret with tick3t is bad' }, status);
    const it = await tenant(t, ok({}), { auth: ticket, token });
    await assert.rejects(it.connection.verify(), (error) => {
      assert.ok(error instanceof AuthError);
      assert.match(error.hint ?? '', hint);
      assert.doesNotMatch(describe(error), /s3cret|tick3t/);
      assert.equal(error.circumstances.source, 'acme');
      assert.equal(error.circumstances.endpoint, 'auth.app_access_token');
      return true;
    });
    assert.equal(it.signIns.length, 1);
  });
}

test('passing failures of a token endpoint are repeated, and cost the meter nothing', async (t) => {
  const replies: Reply[] = [
    json('<html></html>', 502),
    json({ code: 99991400, msg: 'slow down' }, 429, { 'x-ogw-ratelimit-reset': '7' }),
    json({ code: 0, msg: 'ok', expire: 7200 }),
    json({ code: 0, msg: 'ok', tenant_access_token: 't-1\r\nx: y', expire: 7200 }),
    json({ code: 0, msg: 'ok', tenant_access_token: 't-1' }),
    granted('t-1'),
  ];
  const token: Reply = (response, seen) => replies.shift()?.(response, seen);
  const it = await tenant(t, ok({}), { token });
  await it.connection.verify();
  assert.equal(it.signIns.length, 6);
  assert.equal(it.clock.slept[1], 7000);
  assert.deepEqual(it.tally.events, []);
});

test('a token endpoint that stays broken is given up after eight attempts', async (t) => {
  const it = await tenant(t, ok({}), { token: json('', 500) });
  await assert.rejects(it.connection.verify(), (error) => {
    assert.ok(error instanceof TransientError);
    assert.match(error.message, /an empty body \(tried 8 times\)/);
    assert.equal(error.circumstances.status, 500);
    return true;
  });
  assert.equal(it.signIns.length, 8);
});
