import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Widget } from '../../../../src/demo/company/approval.ts';
import { demoCompany } from '../../../../src/demo/company/demo.ts';
import { EVERYTHING_TABLE, SALES_BASE } from '../../../../src/demo/constants.ts';

const NOW = Date.UTC(2026, 5, 15, 4);
const BIG = '9007199254740993.12';

describe('shapes of the demo company', () => {
  const company = demoCompany();
  const instances = company.instances(NOW, { from: NOW - 60 * 24 * 3600_000 });
  const tables = company.base(SALES_BASE, NOW)?.tables ?? [];

  test('the forms hold every type of widget, with and without a value', () => {
    const inside = (widget: Widget): Widget[] => {
      const rows: unknown = widget.type === 'fieldList' ? widget['value'] : [];
      return Array.isArray(rows) ? [widget, ...rows.flat()] : [widget];
    };
    const widgets = instances.flatMap((one) => one.form.flatMap(inside));
    const types = new Set(widgets.map((widget) => widget.type));
    for (const type of [
      ...['input', 'textarea', 'text', 'number', 'amount', 'formula', 'date', 'dateInterval'],
      ...['radio', 'radioV2', 'checkbox', 'checkboxV2', 'contact', 'department', 'connect'],
      ...['address', 'attachment', 'attachmentV2', 'image', 'imageV2', 'document', 'telephone'],
      ...['fieldList', 'mutableGroup', 'leaveGroup', 'leaveGroupV2', 'workGroup', 'remedyGroup'],
      ...['shiftGroup', 'tripGroup', 'account', 'location', 'serialNumber', 'outGroup'],
    ]) {
      assert.ok(types.has(type), type);
    }
    assert.ok(widgets.some((widget) => !('value' in widget)));
  });

  test('two instances of one definition need not have the same widgets', () => {
    const [first] = instances;
    const lengths = instances
      .filter((one) => one.approval_code === first?.approval_code)
      .map((one) => one.form.length);
    assert.ok(new Set(lengths).size > 1);
  });

  test('amounts and records hold numbers beyond a double, written digit by digit', () => {
    assert.ok(JSON.stringify(instances).includes(`"value":${BIG}`));
    const records = tables.flatMap((table) => table.records);
    assert.ok(JSON.stringify(records).includes(`:${BIG}`));
  });

  test('the timeline tells of everything that can happen', () => {
    const told = new Set(instances.flatMap((one) => one.timeline.map((row) => row.type)));
    for (const type of 'START PASS REJECT TRANSFER ROLLBACK_SELECTED CC CANCEL DELETE'.split(' ')) {
      assert.ok(told.has(type), type);
    }
    const rolled = instances.find((one) => {
      return (
        one.timeline.some((row) => row.type === 'ROLLBACK_SELECTED') && one.status === 'APPROVED'
      );
    });
    const nodes = rolled?.task_list.map((task) => task.node_id) ?? [];
    assert.ok(new Set(nodes).size < nodes.length, 'a node is visited twice');
    assert.ok(rolled?.timeline.some((row) => row.type === 'PASS' && row.comment === undefined));
  });

  test('one table has a field of every type, and cells of every shape but the button’s', () => {
    const table = tables.find((one) => one.table_id === EVERYTHING_TABLE);
    const types = new Set(table?.fields.map((field) => field.type));
    const all = [1, 2, 3, 4, 5, 7, 11, 13, 15, 17, 18, 19, 20, 21, 22, 23, 24];
    for (const type of [...all, 1001, 1002, 1003, 1004, 1005, 3001])
      assert.ok(types.has(type), `${type}`);
    const filled = new Set(table?.records.flatMap((one) => Object.keys(one.fields)));
    assert.equal(filled.size, (table?.fields.length ?? 0) - 1);
  });

  test('empty cells are absent, untouched checkboxes too, and some links are null', () => {
    const records = tables.flatMap((table) => table.records);
    const keys = new Set(records.map((one) => Object.keys(one.fields).length));
    assert.ok(keys.size > 3);
    assert.ok(records.every((one) => Object.values(one.fields).every((cell) => cell != null)));
    assert.ok(JSON.stringify(records).includes('{"link_record_ids":null}'));
  });
});
