import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '../../../src/config/load.ts';
import * as demo from '../../../src/demo/constants.ts';

test('the demo configuration reads all of the simulated tenant', async () => {
  const { config } = await loadConfig({ env: {}, cwd: import.meta.dirname });
  assert.deepEqual(config, {
    warehouse: { schema: 'lark', viewsSchema: 'lark_views' },
    privacy: { columns: {} },
    sources: [
      {
        name: 'demo',
        platform: 'lark',
        baseUrl: 'http://127.0.0.1:9000',
        allowHosts: [],
        privateNetwork: false,
        auth: { mode: 'custom_app', appId: demo.DEMO_APP_ID, appSecret: demo.DEMO_APP_SECRET },
        modules: {
          approval: {
            approvalCodes: [demo.EXPENSE_CODE, demo.LEAVE_CODE, demo.PURCHASE_CODE],
            lookbackDays: 7,
            locale: 'en-US',
          },
          base: [
            { kind: 'app', token: demo.SALES_BASE },
            { kind: 'wiki', token: demo.ROADMAP_NODE },
          ],
          attendance: {
            employeeType: 'employee_id',
            userIds: [],
            includeTerminatedUsers: false,
            lookbackDays: 7,
            timeZone: 'Asia/Shanghai',
          },
          contact: {
            departmentIds: [],
            departmentIdType: 'open_department_id',
            userIdType: 'open_id',
          },
        },
      },
    ],
  });
});

test('the demo goes to the tenant and the warehouse that the environment names', async () => {
  const url = 'postgres://u:p@db.example.com/lark';
  const env = { LARKHOUSE_DEMO_URL: 'http://127.0.0.1:4321', DATABASE_URL: url };
  const { config } = await loadConfig({ env, cwd: import.meta.dirname });
  assert.equal(config.sources[0]?.baseUrl, 'http://127.0.0.1:4321');
  assert.equal(config.warehouse.url, url);
});
