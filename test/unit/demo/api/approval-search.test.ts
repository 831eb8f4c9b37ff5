import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Definition } from '../../../../src/demo/company/approval.ts';
import { type HandmadeCompany, handmadeCompany } from '../../../../src/demo/company/handmade.ts';
import { startTenant, type Tenant } from '../../../../src/demo/server.ts';
import { asList, asObject, type Client, connect } from '../client.ts';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 5, 15);

describe('approval searches', () => {
  let company: HandmadeCompany;
  let definition: Definition;
  let tenant: Tenant;
  let client: Client;
  before(async () => {
    company = handmadeCompany();
    definition = company.addDefinition();
    tenant = await startTenant({ company, now: () => NOW, limits: 'off' });
    client = await connect(tenant);
  });
  beforeEach(() => {
    company.has.instances.length = 0;
  });
  after(() => tenant.close());

  const query = (body: object, rest = '?page_size=5') =>
    client.post(`/approval/v4/instances/query${rest}`, {
      approval_code: definition.approval_code,
      ...body,
    });

  test('revoked instances are hidden after paging: a page may be empty with more to come', async () => {
    const all = Array.from({ length: 7 }, (_, index) =>
      company.addInstance(definition, NOW - DAY + index),
    );
    for (const one of all.slice(0, 5)) company.advance(one, 'cancel', NOW - HOUR);
    const first = await query({});
    assert.deepEqual(first.data['instance_list'], []);
    assert.equal(first.data['has_more'], true);
    assert.equal(first.data['count'], 7);
    const token = encodeURIComponent(String(first.data['page_token']));
    const second = await query({}, `?page_size=5&page_token=${token}`);
    const codes = asList(second.data['instance_list']).map(
      (one) => asObject(one['instance'])['code'],
    );
    assert.deepEqual(
      codes,
      all.slice(5).map((one) => one.instance_code),
    );
    assert.equal(second.data['has_more'], false);
  });

  test('an approved instance that is revoked disappears', async () => {
    const one = company.addInstance(definition, NOW - DAY);
    company.advance(one, 'approve', NOW - HOUR);
    const { data } = await query({});
    const [found] = asList(data['instance_list']);
    assert.equal(asObject(found?.['instance'])['status'], 'approved');
    company.advance(one, 'revert', NOW - HOUR);
    assert.deepEqual((await query({})).data['instance_list'], []);
  });

  test('it lags: an instance of this minute is not found yet', async () => {
    company.addInstance(definition, NOW - 60_000);
    company.addInstance(definition, NOW - 120_000);
    assert.equal((await query({})).data['count'], 1);
  });

  test('the status filter has words of its own', async () => {
    company.advance(company.addInstance(definition, NOW - DAY), 'reject', NOW - HOUR);
    company.addInstance(definition, NOW - DAY);
    assert.equal((await query({ instance_status: 'REJECT' })).data['count'], 1);
    assert.equal((await query({ instance_status: 'PENDING' })).data['count'], 1);
    assert.equal((await query({ instance_status: 'REJECTED' })).code, 1390001);
  });

  test('a span needs both ends and at most 30 days; one criterion is required', async () => {
    const from = { instance_start_time_from: String(NOW - 30 * DAY) };
    const to = { instance_start_time_to: String(NOW) };
    assert.equal((await query(from)).code, 1390001);
    assert.equal((await query({ ...from, ...to })).code, 0);
    const late = { instance_start_time_to: String(NOW + 1) };
    assert.equal((await query({ ...from, ...late })).code, 1390001);
    assert.equal((await query({ approval_code: '' })).code, 1390001);
    assert.equal((await query({}, '?page_size=4')).code, 1390001);
    assert.equal((await query({}, '?page_size=201')).code, 1390001);
  });

  test('tasks come latest update first with order 0', async () => {
    const old = company.addInstance(definition, NOW - 3 * DAY);
    company.addInstance(definition, NOW - 2 * DAY);
    company.advance(old, 'approve', NOW - DAY);
    const search = async (body: object) => {
      const got = await client.post('/approval/v4/tasks/search?page_size=5', {
        approval_code: definition.approval_code,
        ...body,
      });
      return {
        code: got.code,
        tasks: asList(got.data['task_list']).map((one) => asObject(one['task'])),
      };
    };
    const { tasks } = await search({ order: 0 });
    assert.deepEqual(
      tasks.map((task) => [task['status'], task['update_time']]),
      [
        ['approved', String(NOW - DAY)],
        ['pending', String(NOW - 2 * DAY)],
      ],
    );
    assert.deepEqual((await search({ order: 1 })).tasks, tasks.toReversed());
    assert.equal((await search({ task_status: 'PENDING' })).tasks.length, 1);
    assert.equal((await search({ task_status: 'OPEN' })).code, 1390001);
    assert.equal((await search({ order: 4 })).code, 1390001);
  });
});
