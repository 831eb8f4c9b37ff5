import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { handmadeCompany } from '../../../../src/demo/company/handmade.ts';
import { startTenant, type Tenant } from '../../../../src/demo/server.ts';
import { asList, type Client, connect } from '../client.ts';

const NOW = Date.UTC(2026, 5, 15);
const SECOND = NOW / 1000;

describe('attendance', () => {
  const company = handmadeCompany();
  const user = company.addUser();
  const other = company.addUser({ status: { is_resigned: true } });
  let tenant: Tenant;
  let client: Client;
  before(async () => {
    for (const at of [NOW - 1000, NOW, NOW + 1000]) company.addPunch(user, at);
    tenant = await startTenant({ company, limits: 'off' });
    client = await connect(tenant);
  });
  after(() => tenant.close());

  const ask = (body: object, type = 'employee_type=employee_id') =>
    client.post(`/attendance/v1/user_flows/query?${type}`, {
      user_ids: [user.user_id],
      check_time_from: String(SECOND),
      check_time_to: String(SECOND + 1),
      ...body,
    });

  test('the window includes its start and excludes its end', async () => {
    const { data } = await ask({});
    const times = asList(data['user_flow_results']).map((punch) => punch['check_time']);
    assert.deepEqual(times, [String(SECOND)]);
  });

  test('one unknown person fails the whole call', async () => {
    const got = await ask({ user_ids: [user.user_id, 'nobody'] });
    assert.deepEqual([got.status, got.code], [400, 1220004]);
    assert.equal(
      (await ask({ user_ids: [user.user_id, other.user_id] })).code,
      0,
      'who left is known',
    );
  });

  test('a person outside the attendance or the contact range is as unknown', async () => {
    tenant.app.outside_attendance = [user.user_id];
    assert.equal((await ask({})).code, 1220004);
    tenant.app.outside_attendance = [];
    tenant.app.contact_range = { departments: [], users: [] };
    assert.equal((await ask({})).code, 1220004);
    tenant.app.contact_range = 'all';
  });

  test('fifty people are allowed and times must be strings of seconds', async () => {
    const ids = (count: number) => Array.from({ length: count }, () => user.user_id);
    assert.equal((await ask({ user_ids: ids(50) })).code, 0);
    for (const bad of [
      { user_ids: ids(51) },
      { user_ids: [] },
      { check_time_from: SECOND },
      { check_time_to: String(NOW) },
      { check_time_to: String(SECOND - 1) },
    ]) {
      assert.equal((await ask(bad)).code, 1220001, JSON.stringify(bad).slice(0, 80));
    }
  });

  test('the id type is required and honoured', async () => {
    assert.equal((await ask({}, '')).code, 1220001);
    assert.equal((await ask({}, 'employee_type=open_id')).code, 1220001);
    const number = String(user.employee_no);
    const { data } = await ask({ user_ids: [number] }, 'employee_type=employee_no');
    assert.equal(asList(data['user_flow_results'])[0]?.['user_id'], number);
    assert.equal((await ask({}, 'employee_type=employee_no')).code, 1220004);
  });
});
