import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Client } from '@larksuiteoapi/node-sdk';
import { startTenant, type Tenant } from '../../src/demo/server.ts';
import { dataOf, pages, sdkFor } from './sdk.ts';

const NOW = Date.UTC(2026, 5, 17, 4);

function sorted(ids: readonly (string | undefined)[]): string[] {
  return ids.map(String).sort();
}

describe('the official SDK reads attendance and contacts', () => {
  let tenant: Tenant;
  let client: Client;
  before(async () => {
    tenant = await startTenant({ now: () => NOW, limits: 'off' });
    client = sdkFor(tenant);
  });
  after(() => tenant.close());

  test('tokens are issued', async () => {
    const { app_id, app_secret } = tenant.app;
    const data = { app_id, app_secret };
    const token = await client.auth.v3.tenantAccessToken.internal({ data });
    assert.equal(token.code, 0);
    const app = await client.auth.v3.appAccessToken.internal({ data });
    assert.equal(app.code, 0);
    await assert.rejects(
      client.auth.v3.appAccessToken.create({ data: { ...data, app_ticket: 'x' } }),
      /400/,
    );
  });

  test('punches of everybody, fifty people a call, are the company’s', async () => {
    const [from, to] = [Math.floor(NOW / 1000) - 7 * 86_400, Math.floor(NOW / 1000)];
    const ids = tenant.company.users(NOW).map((user) => user.user_id);
    const punches: (string | undefined)[] = [];
    for (let at = 0; at < ids.length; at += 50) {
      const got = dataOf(
        await client.attendance.v1.userFlow.query({
          params: { employee_type: 'employee_id' },
          data: {
            user_ids: ids.slice(at, at + 50),
            check_time_from: String(from),
            check_time_to: String(to),
          },
        }),
      );
      punches.push(...(got.user_flow_results ?? []).map((one) => one.record_id));
    }
    const truth = tenant.company.punches(ids, from, to, NOW);
    assert.ok(truth.length > 2000);
    assert.deepEqual(sorted(punches), sorted(truth.map((one) => one.record_id)));
  });

  test('departments and their people, walked from the root, are the company’s', async () => {
    const children = await pages((params) =>
      client.contact.v3.department.children({
        path: { department_id: '0' },
        params: { fetch_child: true, page_size: 7, ...params },
      }),
    );
    const departments = children.flatMap((page) => page.items ?? []);
    const truth = tenant.company.departments(NOW);
    const ids = departments.map((one) => one.open_department_id);
    assert.deepEqual(sorted(ids), sorted(truth.map((one) => one.open_department_id)));
    const seen = new Map<string, number>();
    for (const department_id of ['0', ...ids.map(String)]) {
      const members = await pages((params) =>
        client.contact.v3.user.findByDepartment({ params: { department_id, ...params } }),
      );
      for (const user of members.flatMap((page) => page.items ?? [])) {
        seen.set(String(user.open_id), (seen.get(String(user.open_id)) ?? 0) + 1);
      }
    }
    const active = tenant.company.users(NOW).filter((user) => !user.status.is_resigned);
    assert.deepEqual(sorted([...seen.keys()]), sorted(active.map((user) => user.open_id)));
    for (const user of active) assert.equal(seen.get(user.open_id), user.department_ids.length);
  });

  test('single people and departments, batches and the app’s own range', async () => {
    const [first, second] = tenant.company.users(NOW);
    const [department] = tenant.company.departments(NOW);
    assert.ok(first && second && department);
    const path = { user_id: first.user_id };
    const params = { user_id_type: 'user_id' } as const;
    const { user } = dataOf(await client.contact.v3.user.get({ path, params }));
    assert.deepEqual([user?.open_id, user?.name], [first.open_id, first.name]);
    const user_ids = [first.open_id, second.open_id];
    const users = dataOf(await client.contact.v3.user.batch({ params: { user_ids } }));
    assert.deepEqual(
      users.items?.map((one) => one.email),
      [first.email, second.email],
    );
    const department_id = department.open_department_id;
    const one = dataOf(await client.contact.v3.department.get({ path: { department_id } }));
    assert.equal(one.department?.name, department.name);
    const batch = { params: { department_ids: [department_id] } };
    const several = dataOf(await client.contact.v3.department.batch(batch));
    assert.equal(several.items?.[0]?.department_id, department.department_id);
    const scopes = await pages((page) =>
      client.contact.v3.scope.list({ params: { page_size: 3, ...page } }),
    );
    const top = tenant.company.departments(NOW).filter((one) => one.parent_department_id === '0');
    assert.equal(scopes.flatMap((page) => page.department_ids ?? []).length, top.length);
  });
});

describe('the official SDK as a store app', () => {
  test('an app ticket leads to a tenant token', async () => {
    const tenant = await startTenant({ app: { app_type: 'store', app_id: 'cli_store' } });
    try {
      const { app_id, app_secret, app_ticket, tenant_key } = tenant.app;
      const { auth } = sdkFor(tenant);
      const resent = await auth.v3.appTicket.resend({ data: { app_id, app_secret } });
      assert.equal(resent.code, 0);
      const app: object = await auth.v3.appAccessToken.create({
        data: { app_id, app_secret, app_ticket },
      });
      const app_access_token = 'app_access_token' in app ? String(app.app_access_token) : '';
      const data = { app_access_token, tenant_key };
      const token: object = await auth.v3.tenantAccessToken.create({ data });
      assert.ok('tenant_access_token' in token && 'expire' in token);
      assert.match(String(token.tenant_access_token), /^t-/);
      assert.equal(token.expire, 7140);
    } finally {
      await tenant.close();
    }
  });
});
