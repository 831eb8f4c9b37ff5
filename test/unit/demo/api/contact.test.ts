import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { ALL_SCOPES } from '../../../../src/demo/app.ts';
import { type HandmadeCompany, handmadeCompany } from '../../../../src/demo/company/handmade.ts';
import type { Department, User } from '../../../../src/demo/company/people.ts';
import { startTenant, type Tenant } from '../../../../src/demo/server.ts';
import { asList, asObject, type Client, connect } from '../client.ts';

describe('contact', () => {
  let company: HandmadeCompany;
  let tenant: Tenant;
  let client: Client;
  let parent: Department;
  let child: Department;
  let other: Department;
  let boss: User;
  let people: User[];
  before(async () => {
    company = handmadeCompany();
    parent = company.addDepartment();
    child = company.addDepartment({ parent_department_id: parent.open_department_id });
    other = company.addDepartment();
    boss = company.addUser({ email: 'boss@demo.invalid', mobile: '+8613800000000' });
    const [a, b, c] = [parent, child, other].map((one) => one.open_department_id);
    people = Array.from({ length: 12 }, () =>
      company.addUser({ department_ids: [b ?? '', c ?? ''], leader_user_id: boss.open_id }),
    );
    company.addUser({ department_ids: [a ?? ''], status: { is_resigned: true } });
    tenant = await startTenant({ company, limits: 'off' });
    client = await connect(tenant);
  });
  afterEach(() => {
    tenant.app.contact_range = 'all';
    tenant.app.scopes = new Set(ALL_SCOPES);
  });
  after(() => tenant.close());

  const members = (id: string, rest = '') =>
    client.get(`/contact/v3/users/find_by_department?department_id=${id}${rest}`);

  test('people of several departments are listed in each, ten a page by default', async () => {
    for (const { open_department_id } of [child, other]) {
      const { data } = await members(open_department_id);
      assert.equal(asList(data['items']).length, 10);
      assert.equal(data['has_more'], true);
      const token = encodeURIComponent(String(data['page_token']));
      const next = await members(open_department_id, `&page_token=${token}`);
      assert.equal(asList(next.data['items']).length, 2);
      assert.equal(next.data['has_more'], false);
      assert.ok(!('page_token' in next.data));
    }
    assert.ok(
      !('items' in (await members(parent.open_department_id)).data),
      'who left is not listed',
    );
  });

  test('page sizes and page tokens are checked', async () => {
    assert.equal((await members('0', '&page_size=51')).code, 40011);
    assert.equal((await members('0', '&page_token=abc')).code, 40012);
    assert.equal((await client.get('/contact/v3/users/find_by_department')).code, 40001);
    assert.equal((await members('od-unknown')).code, 40015);
  });

  test('the root needs all staff, and a grant covers what lies below it', async () => {
    tenant.app.contact_range = { departments: [parent.open_department_id], users: [boss.open_id] };
    const root = await members('0');
    assert.deepEqual([root.status, root.code], [403, 40004]);
    assert.equal((await client.get('/contact/v3/departments/0/children')).code, 40004);
    assert.equal((await members(other.open_department_id)).code, 40004);
    assert.equal((await members(child.open_department_id)).code, 0);
    const below = await client.get(`/contact/v3/departments/${parent.open_department_id}/children`);
    assert.equal(asList(below.data['items']).length, 1);
    assert.equal((await client.get(`/contact/v3/users/${boss.open_id}`)).code, 0);
    const { data } = await client.get('/contact/v3/scopes');
    assert.deepEqual(data, {
      department_ids: [parent.open_department_id],
      user_ids: [boss.open_id],
      has_more: false,
    });
  });

  test('outside the range a user is 41050, an unknown one 41012', async () => {
    tenant.app.contact_range = { departments: [], users: [] };
    assert.equal((await client.get(`/contact/v3/users/${boss.open_id}`)).code, 41050);
    assert.equal((await client.get('/contact/v3/users/ou_none')).code, 41012);
    const { data } = await client.get(`/contact/v3/users/batch?user_ids=${boss.open_id}`);
    assert.deepEqual(data['items'], []);
  });

  test('with all staff the scopes are the first level, who stands at the root, and the groups', async () => {
    company.has.groups.push('oc_one');
    const { data } = await client.get('/contact/v3/scopes?page_size=2');
    assert.deepEqual(data['user_ids'], [boss.open_id]);
    assert.deepEqual(data['department_ids'], [parent.open_department_id]);
    const token = encodeURIComponent(String(data['page_token']));
    const rest = await client.get(`/contact/v3/scopes?page_size=2&page_token=${token}`);
    assert.deepEqual(rest.data['department_ids'], [other.open_department_id]);
    assert.deepEqual(rest.data['group_ids'], ['oc_one']);
    assert.ok(!('user_ids' in rest.data));
  });

  test('a field without its scope is omitted, not refused', async () => {
    const user = async () =>
      asObject((await client.get(`/contact/v3/users/${boss.open_id}`)).data['user']);
    const full = await user();
    assert.equal(full['user_id'], boss.user_id);
    assert.equal(full['email'], 'boss@demo.invalid');
    tenant.app.scopes = new Set(['contact:contact.base:readonly']);
    assert.deepEqual(Object.keys(await user()).sort(), ['mobile_visible', 'open_id', 'union_id']);
    tenant.app.scopes = new Set(['contact:contact:readonly']);
    const broad = await user();
    assert.ok('name' in broad && 'department_ids' in broad && 'status' in broad);
    for (const guarded of ['user_id', 'email', 'mobile']) assert.ok(!(guarded in broad), guarded);
  });

  test('ids are of the types asked for', async () => {
    const path = `/contact/v3/users/find_by_department?department_id=${child.department_id}`;
    const got = await client.get(`${path}&department_id_type=department_id&user_id_type=user_id`);
    const [first] = asList(got.data['items']);
    assert.deepEqual(first?.['department_ids'], [child.department_id, other.department_id]);
    assert.equal(first?.['leader_user_id'], boss.user_id);
    assert.equal(asList(first?.['orders'])[0]?.['department_id'], child.department_id);
    assert.equal((await client.get(`${path}&department_id_type=name`)).code, 40001);
    tenant.app.scopes.delete('contact:user.employee_id:readonly');
    const hidden = await client.get(
      `${path}&department_id_type=department_id&user_id_type=user_id`,
    );
    assert.equal(hidden.code, 99991672);
  });

  test('batches take repeated parameters, at most fifty, and drop what they do not know', async () => {
    const ids = people.slice(0, 2).map((user) => `user_ids=${user.open_id}`);
    const got = await client.get(`/contact/v3/users/batch?${ids.join('&')}&user_ids=ou_none`);
    assert.equal(asList(got.data['items']).length, 2);
    const many = Array.from({ length: 51 }, (_, n) => `user_ids=ou_${n}`).join('&');
    assert.equal((await client.get(`/contact/v3/users/batch?${many}`)).code, 99992402);
    const joined = people.map((user) => user.open_id).join(',');
    const comma = await client.get(`/contact/v3/users/batch?user_ids=${joined}`);
    assert.deepEqual(comma.data['items'], [], 'commas do not split');
    const departments = await client.get(
      `/contact/v3/departments/batch?department_ids=${child.open_department_id}&department_ids=od-none`,
    );
    const [one] = asList(departments.data['items']);
    assert.equal(one?.['parent_department_id'], parent.open_department_id);
  });

  test('a head count includes what lies below', async () => {
    const path = `/contact/v3/departments/${parent.open_department_id}`;
    const one = asObject((await client.get(path)).data['department']);
    assert.equal(one['member_count'], 12);
    assert.equal(one['primary_member_count'], 12);
    const { data } = await client.get('/contact/v3/departments/0/children?fetch_child=true');
    assert.equal(asList(data['items']).length, 3);
  });
});
