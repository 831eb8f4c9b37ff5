import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { handmadeCompany } from '../../../src/demo/company/handmade.ts';
import * as answers from '../../../src/demo/fault-answers.ts';
import * as wire from '../../../src/demo/fault-wire.ts';
import { both } from '../../../src/demo/faults.ts';
import { startTenant, type Tenant } from '../../../src/demo/server.ts';
import { asList, type Client, connect } from './client.ts';

const LIST = 'contact.users.find_by_department';

describe('faults', () => {
  const company = handmadeCompany();
  let tenant: Tenant;
  let client: Client;
  let token: string;
  before(async () => {
    for (let index = 0; index < 5; index += 1) company.addUser();
    tenant = await startTenant({ company, limits: 'off' });
  });
  beforeEach(async () => {
    tenant.faults.clear();
    client = await connect(tenant);
  });
  after(() => tenant.close());

  const page = async (pageToken = '') => {
    const query = `department_id=0&page_size=2&page_token=${encodeURIComponent(pageToken)}`;
    const { data } = await client.get(`/contact/v3/users/find_by_department?${query}`);
    token = String(data['page_token']);
    return { data, count: asList(data['items']).length };
  };

  test('they apply in order, to their endpoint, as often as told', async () => {
    tenant.faults.next('*', answers.refuse(500, 2200, 'internal error'));
    tenant.faults.next(LIST, answers.throttle(429, '1'), 2);
    tenant.faults.next('wiki.spaces.get_node', answers.gateway());
    const path = '/contact/v3/users/find_by_department?department_id=0';
    const codes: unknown[] = [];
    for (let call = 0; call < 4; call += 1) codes.push((await client.get(path)).code);
    assert.deepEqual(codes, [2200, 99991400, 99991400, 0]);
    assert.equal(tenant.faults.pending, 1);
  });

  test('tokens end and scopes vanish just before the request', async () => {
    tenant.faults.next('*', answers.expireTokens());
    assert.equal((await client.get('/contact/v3/scopes')).code, 99991663);
    client = await connect(tenant);
    const scope = 'contact:contact.base:readonly';
    tenant.faults.next('*', answers.revokeScope(scope));
    assert.equal((await client.get('/contact/v3/scopes')).code, 99991672);
    tenant.app.scopes.add(scope);
  });

  test('an empty page with more to come leads to what it should have held', async () => {
    tenant.faults.next(LIST, answers.emptyPage());
    const empty = await page();
    assert.deepEqual([empty.count, empty.data['has_more']], [0, true]);
    const full = await page(token);
    assert.deepEqual(full.data['items'], (await page()).data['items']);
    assert.equal(full.count, 2);
  });

  test('a repeated page is the one before', async () => {
    const first = await page();
    tenant.faults.next(LIST, answers.repeatPage());
    assert.deepEqual((await page(token)).data, first.data);
  });

  test('a page may overlap with the one before', async () => {
    const first = await page();
    tenant.faults.next(LIST, answers.overlap(1));
    const shifted = await page(token);
    assert.equal(shifted.count, 3);
    assert.deepEqual(asList(shifted.data['items'])[0], asList(first.data['items'])[1]);
  });

  test('an answer may bear another date, and a body may be of any size', async () => {
    const url = `${tenant.url}/open-apis/contact/v3/scopes`;
    const date = 'Thu, 01 Jan 2099 00:00:00 GMT';
    tenant.faults.next('contact.scopes.list', answers.dated(date));
    assert.equal((await fetch(url)).headers.get('date'), date);
    tenant.faults.next('contact.scopes.list', wire.flood('[', '  ', 1000, ']'));
    const response = await fetch(url);
    assert.equal(response.headers.get('content-length'), null);
    assert.equal((await response.text()).length, 2002);
  });

  test('a looping token names its own page, a missing one is missing', async () => {
    await page();
    const sent = token;
    tenant.faults.next(LIST, answers.loopingToken());
    await page(sent);
    assert.equal(token, sent);
    tenant.faults.next(LIST, answers.moreWithoutToken());
    const { data } = await page();
    assert.equal(data['has_more'], true);
    assert.ok(!('page_token' in data));
  });

  test('the wire fails in each of its ways', async () => {
    for (const fault of [
      wire.truncate(20),
      wire.resetAfter(20),
      wire.wrongLength(),
      wire.wrongLength(-10),
      wire.reset(),
      wire.badGzip(),
      wire.cutShort(20),
      both(wire.delay(1), answers.gateway()),
    ]) {
      tenant.faults.next('contact.scopes.list', fault);
      await assert.rejects(client.get('/contact/v3/scopes'));
    }
    assert.equal((await client.get('/contact/v3/scopes')).code, 0);
  });

  test('a stalled answer never ends, a trickling one does', async () => {
    for (const fault of [wire.stall(), wire.stall(10), wire.silence()]) {
      tenant.faults.next('contact.scopes.list', fault);
      const signal = AbortSignal.timeout(80);
      const headers = { authorization: 'Bearer t-none' };
      const read = async () =>
        (await fetch(`${tenant.url}/open-apis/contact/v3/scopes`, { signal, headers })).text();
      await assert.rejects(read(), { name: 'TimeoutError' });
    }
    tenant.faults.next('contact.scopes.list', wire.trickle(16, 1));
    assert.equal((await client.get('/contact/v3/scopes')).code, 0);
  });

  test('the tenant can move while it is read', async () => {
    const count = company.has.users.length;
    tenant.faults.next(
      LIST,
      answers.meanwhile(() => void company.has.users.shift()),
    );
    await page();
    assert.equal(company.has.users.length, count - 1);
  });
});
