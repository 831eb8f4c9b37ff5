import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Base, Table } from '../../../../src/demo/company/base.ts';
import { type HandmadeCompany, handmadeCompany } from '../../../../src/demo/company/handmade.ts';
import { startTenant, type Tenant } from '../../../../src/demo/server.ts';
import { asList, asObject, type Client, connect } from '../client.ts';

const NOW = Date.UTC(2026, 5, 15);

describe('Base', () => {
  let company: HandmadeCompany;
  let base: Base;
  let table: Table;
  let tenant: Tenant;
  let client: Client;
  before(async () => {
    company = handmadeCompany();
    const user = company.addUser();
    base = company.addBase();
    table = company.addTable(base);
    const field = {
      field_id: 'fldwho',
      field_name: '人',
      type: 11,
      ui_type: 'User',
      property: null,
    };
    table.fields.push({ ...field, is_primary: false });
    table.views.push({
      view_id: 'vewsecond',
      view_name: '少',
      view_type: 'grid',
      view_public_level: 'Public',
      hides: ['数量'],
      shows: ({ fields }) => Number(fields['数量']) % 2 === 0,
    });
    for (let index = 0; index < 25; index += 1) {
      const person = { id: user.open_id, name: user.name };
      company.addRecord(table, NOW + index, { fields: { 数量: index, 人: [person] } });
    }
    company.addWikiNode(base);
    tenant = await startTenant({ company, limits: 'off' });
    client = await connect(tenant);
  });
  after(() => tenant.close());

  const path = (rest: string) =>
    `/bitable/v1/apps/${base.app_token}/tables/${table.table_id}/${rest}`;
  const search = (body: unknown, query = '') => client.post(path(`records/search${query}`), body);

  test('twenty records a page by default, five hundred at most', async () => {
    const { data } = await search({});
    assert.equal(asList(data['items']).length, 20);
    assert.equal(data['total'], 25);
    const token = encodeURIComponent(String(data['page_token']));
    const rest = await search({}, `?page_token=${token}`);
    assert.equal(asList(rest.data['items']).length, 5);
    assert.equal(rest.data['has_more'], false);
    const large = await search({}, '?page_size=501');
    assert.deepEqual([large.status, large.code], [400, 99992402]);
    assert.equal((await search({}, '?page_size=0')).code, 1254011);
    assert.equal((await search({}, '?page_token=bm9uZQ==')).code, 1254002);
  });

  test('a page goes on behind the last record although one before it was deleted', async () => {
    const first = await search({}, '?page_size=10');
    const [gone] = table.records;
    assert.ok(gone);
    company.deleteRecord(table, gone);
    const token = encodeURIComponent(String(first.data['page_token']));
    const second = await search({}, `?page_size=10&page_token=${token}`);
    const ids = [...asList(first.data['items']), ...asList(second.data['items'])];
    assert.equal(new Set(ids.map((one) => one['record_id'])).size, 20);
    assert.equal(asObject(asList(second.data['items'])[0]?.['fields'])['数量'], 10);
    table.records.unshift(gone);
  });

  test('automatic fields come only when asked for, and people need the base scope', async () => {
    const [plain] = asList((await search({})).data['items']);
    assert.deepEqual(Object.keys(plain ?? {}).sort(), ['fields', 'record_id']);
    tenant.app.scopes.delete('contact:user.base:readonly');
    const [full] = asList((await search({ automatic_fields: true })).data['items']);
    tenant.app.scopes.add('contact:user.base:readonly');
    assert.equal(full?.['created_time'], NOW);
    assert.deepEqual(asObject(full?.['fields'])['人'], [{ id: company.has.users[0]?.open_id }]);
  });

  test('a view selects and hides, unless there is a filter or a sort', async () => {
    const viewed = await search({ view_id: 'vewsecond' });
    assert.equal(viewed.data['total'], 13);
    assert.ok(!('数量' in asObject(asList(viewed.data['items'])[0]?.['fields'])));
    const sort = [{ field_name: '数量', desc: true }];
    const sorted = await search({ view_id: 'vewsecond', sort });
    assert.equal(sorted.data['total'], 25);
    assert.equal(asObject(asList(sorted.data['items'])[0]?.['fields'])['数量'], 24);
    assert.equal((await search({ view_id: 'vewnone' })).code, 1254042);
  });

  test('filters compare, and malformed ones are 1254018', async () => {
    const condition = { field_name: '数量', operator: 'isGreater', value: ['20'] };
    const filter = { conjunction: 'and', conditions: [condition] };
    assert.equal((await search({ filter })).data['total'], 4);
    for (const bad of [
      { conjunction: 'xor', conditions: [] },
      { conjunction: 'and', conditions: [{ ...condition, field_name: '无' }] },
      { conjunction: 'and', conditions: [{ ...condition, operator: 'like' }] },
      { conjunction: 'and', conditions: [{ ...condition, value: [20] }] },
    ]) {
      const got = await search({ filter: bad });
      assert.deepEqual([got.status, got.code], [200, 1254018], JSON.stringify(bad));
    }
  });

  test('the body must be an object and name existing fields', async () => {
    assert.equal((await search([])).code, 1254001);
    assert.equal((await search({ field_names: ['数量', '无'] })).code, 1254045);
    assert.equal((await search({ field_names: '数量' })).code, 1254024);
    assert.equal((await search({ sort: [{ field_name: '无' }] })).code, 1254016);
    const { data } = await search({ field_names: ['数量'] });
    assert.deepEqual(Object.keys(asObject(asList(data['items'])[0]?.['fields'])), ['数量']);
  });

  test('records by id: each once, the unknown ones named', async () => {
    const [one] = table.records;
    const ids = [one?.record_id, one?.record_id, 'recnone'];
    const { data } = await client.post(path('records/batch_get'), { record_ids: ids });
    assert.equal(asList(data['records']).length, 1);
    assert.deepEqual(data['absent_record_ids'], ['recnone']);
    assert.equal((await client.post(path('records/batch_get'), { record_ids: [] })).code, 99992402);
    const many = Array.from({ length: 101 }, (_, index) => `rec${index}`);
    const got = await client.post(path('records/batch_get'), { record_ids: many });
    assert.equal(got.code, 99992402);
  });

  test('a listing carries a token even on its last page', async () => {
    for (const list of ['fields', 'views']) {
      const { data } = await client.get(path(list));
      assert.equal(data['has_more'], false);
      assert.ok(data['page_token']);
    }
  });

  test('a wiki token, an unshared Base and unknown ids are told apart', async () => {
    const code = async (app: string, id = table.table_id) => {
      const got = await client.get(`/bitable/v1/apps/${app}/tables/${id}/fields`);
      return [got.status, got.code];
    };
    const [node] = company.has.wikiNodes;
    assert.deepEqual(await code(String(node?.node_token)), [400, 91402]);
    assert.deepEqual(await code('bascnone'), [200, 1254040]);
    assert.deepEqual(await code(base.app_token, 'tblnone'), [200, 1254041]);
    assert.deepEqual(await code(base.app_token, 'other'), [200, 1254004]);
    tenant.app.base_collaborator = [];
    assert.deepEqual(await code(base.app_token), [403, 91403]);
    const wiki = await client.get(`/wiki/v2/spaces/get_node?token=${node?.node_token}`);
    assert.equal(wiki.code, 131006);
    tenant.app.base_collaborator = 'all';
  });
});
