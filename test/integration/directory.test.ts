import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { handmadeCompany } from '../../src/demo/company/handmade.ts';
import { refuse } from '../../src/demo/fault-answers.ts';
import { startTenant } from '../../src/demo/server.ts';
import { connect } from '../../src/extract/connect.ts';
import { directoryOf } from '../../src/modules/directory.ts';

const company = handmadeCompany();
const department = company.addDepartment({ name: '平台部' });
const people = Array.from({ length: 60 }, (_, at) =>
  company.addUser({ name: `P${at}`, department_ids: [department.open_department_id] }),
);
const tenant = await startTenant({ company, limits: 'off' });
const { app_id: appId, app_secret: appSecret } = tenant.app;
const auth = { mode: 'custom_app', appId, appSecret } as const;
const connection = connect({ source: 'acme', baseUrl: tenant.url, auth });
after(async () => {
  await connection.close();
  await tenant.close();
});
const uncounted = {
  allow: () => undefined,
  sent: () => undefined,
  throttled: () => undefined,
  retried: () => undefined,
  failed: () => undefined,
  waited: () => undefined,
};
const lark = connection.lark(uncounted, new AbortController().signal);
const ids = people.map(({ open_id: id }) => id);
const calls = (): number => tenant.requests.counts()['contact.users.batch'] ?? 0;

test('60 people are two calls, and none when they are asked for again', async () => {
  const directory = directoryOf(lark);
  const [found] = await Promise.all([
    directory.people([...ids, 'ou_nobody']),
    directory.people(ids),
  ]);
  assert.equal(calls(), 2);
  assert.deepEqual([...found.keys()], ids);
  assert.deepEqual(found.get(ids[7] ?? ''), {
    id: ids[7],
    name: 'P7',
    departmentIds: [department.open_department_id],
  });
  await directory.people(ids.slice(3, 9));
  assert.equal(calls(), 2);
});

test('departments have a name and the department above', async () => {
  const { open_department_id: id } = department;
  const found = await directoryOf(lark).departments([id]);
  assert.deepEqual(found.get(id), { id, name: '平台部', parentId: '0' });
});

test('an answer that failed is not remembered', async () => {
  const directory = directoryOf(lark);
  const [first = ''] = ids;
  tenant.faults.next('contact.users.batch', refuse(400, 40001, 'param error'));
  await assert.rejects(directory.people([first]));
  assert.equal((await directory.people([first])).size, 1);
});
