import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LarkhouseError, SourceError } from '../../../src/errors.ts';
import { connect } from '../../../src/extract/connect.ts';
import { HastyClock } from './hasty-clock.ts';
import { endpoint, json, ok, type Reply, serve, tenant } from './server.ts';
import { Tally } from './tally.ts';

const live = new AbortController().signal;

test('every token that comes is told before it is used, the one between, too', async (t) => {
  const hidden: string[] = [];
  const used: string[] = [];
  const { url } = await serve(t, (response, { url: path, headers }) => {
    used.push(headers.authorization ?? path);
    const token: Reply = path.includes('/app_access_token')
      ? json({ code: 0, app_access_token: 'a-between', expire: 7200 })
      : json({
          code: 0,
          tenant_access_token: 't-final',
          app_access_token: 'a-beside',
          expire: 7200,
        });
    if (!path.includes('/auth/')) assert.deepEqual(hidden, ['a-between', 't-final', 'a-beside']);
    (path.includes('/auth/') ? token : ok({}))(response, {
      method: '',
      url: path,
      headers,
      body: '',
    });
  });
  const auth = {
    mode: 'store_app',
    appId: 'cli_a',
    appSecret: 's',
    appTicket: 'ticket',
    tenantKey: 'k',
  } as const;
  const hide = (secrets: readonly string[]): void => void hidden.push(...secrets);
  const connection = connect({ source: 'acme', baseUrl: url, auth, hide }, new HastyClock());
  t.after(() => connection.close());
  await connection.lark(new Tally(), live).call(endpoint());
  assert.equal(used.at(-1), 'Bearer t-final');
  assert.equal(hidden.length, 3);
});

test('a token that Lark quotes is in no message, whatever it looks like', async (t) => {
  const token = json({ code: 0, tenant_access_token: 'oddToken', expire: 7200 });
  const it = await tenant(t, json({ code: 4711, msg: 'bad token oddToken' }, 400), { token });
  await assert.rejects(it.lark.call(endpoint()), (error) => {
    assert.ok(error instanceof LarkhouseError);
    assert.match(error.message, /bad token \[removed\]/);
    return true;
  });
});

for (const status of [300, 301, 302, 303, 305, 307, 308]) {
  test(`a redirect with ${status} takes neither the secret nor the token to another host`, async (t) => {
    const other = await serve(t, ok({}));
    const away = json({ code: 0 }, status, { location: `${other.url}/open-apis/x` });
    const signingIn = await tenant(t, ok({}), { token: away });
    await assert.rejects(signingIn.lark.call(endpoint()), SourceError);
    assert.equal(signingIn.signIns.length, 1, 'it is not repeated');
    for (const method of ['GET', 'POST'] as const) {
      const it = await tenant(t, away);
      await assert.rejects(it.lark.call(endpoint({ method })), SourceError);
      assert.equal(it.asked.length, 1, 'it is not repeated');
      assert.deepEqual(it.clock.slept, []);
    }
    assert.deepEqual(other.seen, []);
  });
}

test('a host that leads inwards is refused once, and nothing is sent', async (t) => {
  const { url, seen } = await serve(t, ok({}));
  const clock = new HastyClock();
  const auth = { mode: 'custom_app', appId: 'cli_a', appSecret: 's' } as const;
  const baseUrl = `https://[::ffff:127.0.0.1]:${new URL(url).port}`;
  const connection = connect({ source: 'acme', baseUrl, auth }, clock);
  t.after(() => connection.close());
  await assert.rejects(connection.verify(), (error) => {
    assert.ok(error instanceof SourceError);
    assert.match(error.message, /leads to reserved addresses \(::ffff:7f00:1\) and is not called$/);
    assert.equal(error.circumstances.endpoint, 'auth.tenant_access_token');
    return error.hint !== undefined;
  });
  assert.deepEqual(clock.slept, []);
  assert.deepEqual(seen, []);
});
