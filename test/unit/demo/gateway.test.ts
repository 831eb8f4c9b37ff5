import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { handmadeCompany } from '../../../src/demo/company/handmade.ts';
import { startTenant, type Tenant } from '../../../src/demo/server.ts';
import { asList, asObject, connect, fetchToken, send } from './client.ts';

describe('gateway', () => {
  let now = Date.UTC(2026, 5, 15);
  let tenant: Tenant;
  before(async () => {
    tenant = await startTenant({ company: handmadeCompany(), now: () => now });
  });
  after(() => tenant.close());

  const scopes = '/contact/v3/scopes';

  test('the Date header is the tenant clock and every answer has a log id', async () => {
    const got = await send(tenant, scopes);
    assert.equal(Date.parse(String(got.headers.get('date'))), now);
    const logId = got.headers.get('x-tt-logid');
    assert.ok(logId);
    assert.equal(asObject(got.body['error'])['log_id'], logId);
  });

  test('an unknown path is 404 with 99991201, a wrong method 99991301', async () => {
    const token = await fetchToken(tenant);
    const got = await (await connect(tenant, token)).get('/contact/v3/nothing');
    assert.deepEqual([got.status, got.code], [404, 99991201]);
    const wrong = await (await connect(tenant, token)).post(scopes, {});
    assert.equal(wrong.code, 99991301);
  });

  test('no token, a malformed, a user and an unknown one are told apart', async () => {
    assert.equal((await send(tenant, scopes)).code, 99991661);
    const codes = ['nonsense', 'u-abc', 't-unknown'].map(async (token) => {
      const got = await (await connect(tenant, token)).get(scopes);
      return [got.status, got.code];
    });
    assert.deepEqual(await Promise.all(codes), [
      [400, 99991671],
      [400, 99991668],
      [400, 99991663],
    ]);
    tenant.app.bad_token_status = 200;
    const got = await (await connect(tenant, 't-unknown')).get(scopes);
    assert.deepEqual([got.status, got.code], [200, 99991663]);
  });

  test('a token dies two hours after it was issued, on the tenant clock', async () => {
    const client = await connect(tenant);
    assert.equal((await client.get(scopes)).code, 0);
    now += 7199_000;
    assert.equal((await client.get(scopes)).code, 0);
    now += 1000;
    assert.equal((await client.get(scopes)).code, 99991663);
  });

  test('a wrong secret is 10014, a foreign app id 10003', async () => {
    const path = '/auth/v3/tenant_access_token/internal';
    const ask = (app_id: string, app_secret: string) =>
      send(tenant, path, { method: 'POST', body: JSON.stringify({ app_id, app_secret }) });
    assert.equal((await ask(tenant.app.app_id, 'wrong')).code, 10014);
    assert.equal((await ask('cli_foreign', tenant.app.app_secret)).code, 10003);
    assert.equal((await send(tenant, path, { method: 'POST', body: '{' })).code, 10003);
  });

  test('a missing scope is named, each with its type', async () => {
    const client = await connect(tenant);
    tenant.app.scopes.delete('attendance:task:readonly');
    const got = await client.post('/attendance/v1/user_flows/query?employee_type=employee_id', {});
    assert.equal(got.code, 99991672);
    assert.match(String(got.msg), /\[attendance:task:readonly\]/);
    assert.deepEqual(asList(asObject(got.body['error'])['permission_violations']), [
      { type: 'action_scope_required', subject: 'attendance:task:readonly' },
    ]);
  });

  test('the 101st call of a minute is throttled and says when to return', async () => {
    const client = await connect(tenant);
    const path = '/wiki/v2/spaces/get_node?token=wikcnone';
    const first = await Promise.all(Array.from({ length: 100 }, () => client.get(path)));
    assert.ok(first.every((one) => one.code === 131005));
    const over = await client.get(path);
    assert.deepEqual([over.status, over.code], [429, 99991400]);
    assert.equal(over.headers.get('x-ogw-ratelimit-limit'), '100');
    const reset = Number(over.headers.get('x-ogw-ratelimit-reset'));
    assert.ok(Number.isInteger(reset) && reset >= 1 && reset <= 60);
    assert.equal(tenant.requests.throttled, 1);
    assert.equal(tenant.requests.count('wiki.spaces.get_node'), 101);
  });

  test('older endpoints throttle with HTTP 400', async () => {
    const client = await connect(tenant);
    const path = '/approval/v4/approvals/NONE';
    await Promise.all(Array.from({ length: 100 }, () => client.get(path)));
    const over = await client.get(path);
    assert.deepEqual([over.status, over.code], [400, 99991400]);
  });
});

describe('store app', () => {
  let tenant: Tenant;
  before(async () => {
    const company = handmadeCompany();
    const frozen = Date.UTC(2026, 10, 23);
    tenant = await startTenant({ company, app: { app_type: 'store' }, now: () => frozen });
  });
  after(() => tenant.close());

  const post = (path: string, body: object) =>
    send(tenant, path, { method: 'POST', body: JSON.stringify(body) });

  test('a ticket buys an app token, which with the tenant key buys a tenant token', async () => {
    const { app_id, app_secret, app_ticket, tenant_key } = tenant.app;
    const bad = { app_id, app_secret, app_ticket: 'old' };
    assert.equal((await post('/auth/v3/app_access_token', bad)).code, 10012);
    const app = await post('/auth/v3/app_access_token', { app_id, app_secret, app_ticket });
    const app_access_token = String(app.body['app_access_token']);
    assert.match(app_access_token, /^a-/);
    assert.equal(app.body['expire'], 7140);
    const path = '/auth/v3/tenant_access_token';
    const got = await post(path, { app_access_token, tenant_key });
    const client = await connect(tenant, String(got.body['tenant_access_token']));
    assert.equal((await client.get('/contact/v3/scopes')).code, 0);
    assert.equal((await post(path, { app_access_token, tenant_key: 'x' })).code, 10013);
    const { code } = await client.post('/attendance/v1/user_flows/query', {});
    assert.equal(code, 99991676, 'attendance is for custom apps');
    assert.equal((await post('/auth/v3/app_ticket/resend', { app_id, app_secret })).code, 0);
  });
});
