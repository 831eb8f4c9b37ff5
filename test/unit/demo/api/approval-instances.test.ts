import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Definition } from '../../../../src/demo/company/approval.ts';
import { type HandmadeCompany, handmadeCompany } from '../../../../src/demo/company/handmade.ts';
import { digits } from '../../../../src/demo/json.ts';
import { startTenant, type Tenant } from '../../../../src/demo/server.ts';
import { asList, type Client, connect, type Got } from '../client.ts';

const HOUR = 3600_000;
const START = Date.UTC(2026, 5, 15);

describe('approval instances', () => {
  let company: HandmadeCompany;
  let definition: Definition;
  let tenant: Tenant;
  let client: Client;
  before(async () => {
    company = handmadeCompany();
    definition = company.addDefinition();
    tenant = await startTenant({ company, now: () => START + 48 * HOUR, limits: 'off' });
    client = await connect(tenant);
  });
  beforeEach(() => {
    company.has.instances.length = 0;
  });
  after(() => tenant.close());

  const list = (from: number, to: number, rest = ''): Promise<Got> =>
    client.get(
      `/approval/v4/instances?approval_code=${definition.approval_code}&start_time=${from}&end_time=${to}${rest}`,
    );

  test('ten hours are allowed, a millisecond more is 1390001', async () => {
    assert.equal((await list(START, START + 10 * HOUR)).code, 0);
    const got = await list(START, START + 10 * HOUR + 1);
    assert.deepEqual([got.status, got.code], [400, 1390001]);
  });

  test('the code and both bounds are required, and bounds are milliseconds', async () => {
    const path = '/approval/v4/instances';
    for (const query of [
      `start_time=${START}&end_time=${START}`,
      `approval_code=${definition.approval_code}&end_time=${START}`,
      `approval_code=${definition.approval_code}&start_time=${START}`,
      `approval_code=${definition.approval_code}&start_time=2026-06-15&end_time=${START}`,
    ]) {
      assert.equal((await client.get(`${path}?${query}`)).code, 1390001, query);
    }
    const unknown = `approval_code=NONE&start_time=${START}&end_time=${START}`;
    assert.equal((await client.get(`${path}?${unknown}`)).code, 1390002);
  });

  test('the window is by creation, from its start up to but without its end', async () => {
    const at = (time: number) => company.addInstance(definition, time).instance_code;
    const [first, , last] = [at(START), at(START + 10 * HOUR), at(START + 10 * HOUR - 1)];
    const got = await list(START, START + 10 * HOUR);
    assert.deepEqual(got.data['instance_code_list'], [first, last]);
    assert.equal(got.data['has_more'], false);
    assert.equal(got.data['page_token'], '');
  });

  test('pages follow one another by token until has_more is false', async () => {
    const codes = Array.from(
      { length: 7 },
      (_, index) => company.addInstance(definition, START + index).instance_code,
    );
    const seen: unknown[] = [];
    let token = '';
    for (let page = 0; page < 3; page += 1) {
      const { data } = await list(START, START + HOUR, `&page_size=3&page_token=${token}`);
      seen.push(...[data['instance_code_list']].flat());
      assert.equal(data['has_more'], page < 2);
      token = encodeURIComponent(String(data['page_token']));
    }
    assert.deepEqual(seen, codes);
    assert.equal((await list(START, START + HOUR, '&page_size=101')).code, 1390001);
    assert.equal((await list(START, START + HOUR, '&page_token=bm9uZQ==')).code, 1390001);
  });

  test('a page token of another window is refused', async () => {
    for (let index = 0; index < 3; index += 1) company.addInstance(definition, START + index);
    const { data } = await list(START, START + HOUR, '&page_size=1');
    const token = encodeURIComponent(String(data['page_token']));
    assert.equal((await list(START, START + 1, `&page_size=1&page_token=${token}`)).code, 1390001);
  });

  test('absent lists stay absent, and the form keeps every digit', async () => {
    const instance = company.addInstance(definition, START);
    instance.form.push({
      id: 'w2',
      name: '金额',
      type: 'amount',
      value: digits('9007199254740993.12'),
    });
    const got = await client.get(`/approval/v4/instances/${instance.instance_code}`);
    assert.equal(got.msg, '');
    assert.ok(!('comment_list' in got.data));
    assert.ok(!('modified_instance_code' in got.data));
    assert.equal(got.data['end_time'], '0');
    assert.match(String(got.data['form']), /"value":9007199254740993\.12}/);
    company.comment(instance, '换行\n与 "引号"\t😀', START + 1234);
    const again = await client.get(`/approval/v4/instances/${instance.uuid}`);
    const [comment] = asList(again.data['comment_list']);
    assert.equal(comment?.['comment'], '换行\n与 "引号"\t😀');
    assert.equal(comment?.['create_time'], String(START + 1000));
    assert.equal((await client.get('/approval/v4/instances/NONE')).code, 1390003);
  });

  test('attachment URLs differ at each fetch', async () => {
    const instance = company.addInstance(definition, START);
    instance.form.push({ id: 'w3', name: '附件', type: 'attachmentV2', value: ['boxcn1'] });
    const path = `/approval/v4/instances/${instance.instance_code}`;
    const forms = [await client.get(path), await client.get(path)].map(({ data }) => data['form']);
    assert.match(String(forms[0]), /https:/);
    assert.notEqual(forms[0], forms[1]);
  });

  test('without the field scope no user_id is shown', async () => {
    const { instance_code, open_id } = company.addInstance(definition, START);
    tenant.app.scopes.delete('contact:user.employee_id:readonly');
    const got = await client.get(`/approval/v4/instances/${instance_code}`);
    tenant.app.scopes.add('contact:user.employee_id:readonly');
    assert.ok(!got.text.includes('"user_id"'));
    assert.equal(got.data['open_id'], open_id);
  });
});
