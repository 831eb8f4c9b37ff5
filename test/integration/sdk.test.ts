import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Client } from '@larksuiteoapi/node-sdk';
import type { Base } from '../../src/demo/company/base.ts';
import {
  EXPENSE_CODE,
  LEAVE_CODE,
  ORDERS_TABLE,
  PURCHASE_CODE,
  ROADMAP_BASE,
  ROADMAP_NODE,
  SALES_BASE,
} from '../../src/demo/constants.ts';
import { startTenant, type Tenant } from '../../src/demo/server.ts';
import { dataOf, pages, sdkFor } from './sdk.ts';

const NOW = Date.UTC(2026, 5, 17, 4);
const HOUR = 3600_000;
const CODES = [EXPENSE_CODE, LEAVE_CODE, PURCHASE_CODE];

describe('the official SDK reads approvals and Bases', () => {
  let tenant: Tenant;
  let client: Client;
  before(async () => {
    tenant = await startTenant({ now: () => NOW, limits: 'off' });
    client = sdkFor(tenant);
  });
  after(() => tenant.close());

  test('instance codes of five days, window by window, are the company’s', async () => {
    for (const approval_code of CODES) {
      const codes: string[] = [];
      const from = NOW - 120 * HOUR;
      for (let start = from; start < NOW; start += 10 * HOUR) {
        const bounds = { start_time: String(start), end_time: String(start + 10 * HOUR) };
        const found = await pages((params) =>
          client.approval.v4.instance.list({
            params: { approval_code, ...bounds, page_size: 2, ...params },
          }),
        );
        codes.push(...found.flatMap((page) => page.instance_code_list));
      }
      const truth = tenant.company.instances(NOW, { approvalCode: approval_code, from, to: NOW });
      assert.ok(truth.length > 5);
      assert.deepEqual(
        codes,
        truth.map((one) => one.instance_code),
      );
    }
  });

  test('instances in full have the company’s states, tasks, timelines and comments', async () => {
    const truth = tenant.company.instances(NOW, { from: NOW - 240 * HOUR });
    for (const one of truth) {
      const path = { instance_id: one.instance_code };
      const got = dataOf(await client.approval.v4.instance.get({ path }));
      assert.equal(got.status, one.status);
      assert.equal(got.serial_number, one.serial_number);
      assert.deepEqual(got.task_list, one.task_list);
      assert.equal(got.comment_list?.length, one.comment_list.length || undefined);
      assert.deepEqual(
        got.timeline.map((row) => [row.type, row.create_time]),
        one.timeline.map((row) => [row.type, row.create_time]),
      );
      const form: unknown = JSON.parse(got.form);
      assert.ok(Array.isArray(form));
      assert.equal(form.length, one.form.length);
    }
  });

  test('definitions are given in both languages', async () => {
    const path = { approval_code: EXPENSE_CODE };
    const zh = dataOf(await client.approval.v4.approval.get({ path }));
    const params = { locale: 'en-US' } as const;
    const en = dataOf(await client.approval.v4.approval.get({ path, params }));
    assert.deepEqual([zh.approval_name, en.approval_name], ['费用报销', 'Expense claim']);
    assert.equal(zh.node_list.length, en.node_list.length);
  });

  test('both searches page to the end without the revoked instances', async () => {
    const span = { from: NOW - 20 * 24 * HOUR, to: NOW - HOUR };
    const truth = tenant.company
      .instances(NOW - 90_000, { approvalCode: LEAVE_CODE, ...span })
      .filter((one) => one.status !== 'CANCELED');
    const instances = await pages((params) =>
      client.approval.v4.instance.query({
        params: { page_size: 5, ...params },
        data: {
          approval_code: LEAVE_CODE,
          instance_start_time_from: String(span.from),
          instance_start_time_to: String(span.to - 1),
        },
      }),
    );
    const found = instances.flatMap((page) => page.instance_list ?? []);
    assert.deepEqual(
      found.map((one) => [one.instance?.code, one.instance?.status]),
      truth.map((one) => [one.instance_code, one.status.toLowerCase()]),
    );
    const tasks = await pages((params) =>
      client.approval.v4.task.search({
        params: { page_size: 50, ...params },
        data: { approval_code: LEAVE_CODE, order: 0 },
      }),
    );
    const updates = tasks
      .flatMap((page) => page.task_list ?? [])
      .map(({ task }) => Number(task?.update_time));
    assert.ok(updates.length > 100);
    assert.deepEqual(
      updates,
      updates.toSorted((a, b) => b - a),
    );
  });

  test('every table of both Bases is listed with its fields, views and records', async () => {
    const params = { token: ROADMAP_NODE };
    const { node } = dataOf(await client.wiki.v2.space.getNode({ params }));
    assert.deepEqual([node?.obj_type, node?.obj_token], ['bitable', ROADMAP_BASE]);
    for (const app_token of [SALES_BASE, String(node?.obj_token)]) {
      const truth = tenant.company.base(app_token, NOW);
      assert.ok(truth);
      const { app } = dataOf(await client.bitable.v1.app.get({ path: { app_token } }));
      assert.equal(app?.name, truth.name);
      await compareTables(truth);
    }
  });

  async function compareTables(truth: Base): Promise<void> {
    const { app_token } = truth;
    const listed = await pages((params) =>
      client.bitable.v1.appTable.list({ path: { app_token }, params: { page_size: 1, ...params } }),
    );
    const tables = listed.flatMap((page) => page.items ?? []);
    assert.deepEqual(
      tables.map((one) => [one.table_id, one.revision]),
      truth.tables.map((one) => [one.table_id, one.revision]),
    );
    for (const table of truth.tables) {
      const path = { app_token, table_id: table.table_id };
      const fields = await pages((params) =>
        client.bitable.v1.appTableField.list({ path, params }),
      );
      const names = fields.flatMap((page) => page.items ?? []).map((one) => one.field_name);
      assert.deepEqual(
        names,
        table.fields.map((one) => one.field_name),
      );
      const views = await pages((params) =>
        client.bitable.v1.appTableView.list({ path, params: { page_size: 1, ...params } }),
      );
      assert.equal(views.length, table.views.length);
      const found = await pages((params) =>
        client.bitable.v1.appTableRecord.search({
          path,
          params: { page_size: 100, ...params },
          data: {},
        }),
      );
      const records = found.flatMap((page) => page.items ?? []);
      assert.equal(found[0]?.total, records.length);
      assert.deepEqual(
        records.map((one) => [one.record_id, one.fields]),
        table.records.map((one) => [one.record_id, JSON.parse(JSON.stringify(one.fields))]),
      );
    }
  }

  test('records are got by id', async () => {
    const table = tenant.company.base(SALES_BASE, NOW)?.tables[0];
    const ids = table?.records.slice(0, 100).map((one) => one.record_id) ?? [];
    const got = dataOf(
      await client.bitable.v1.appTableRecord.batchGet({
        path: { app_token: SALES_BASE, table_id: ORDERS_TABLE },
        data: { record_ids: [...ids.slice(1), 'recnone'], automatic_fields: true },
      }),
    );
    assert.deepEqual(
      got.records?.map((one) => one.record_id),
      ids.slice(1),
    );
    assert.deepEqual(got.absent_record_ids, ['recnone']);
    assert.equal(got.records?.[0]?.created_time, table?.records[1]?.created_time);
  });
});
