import assert from 'node:assert/strict';
import { test } from 'node:test';
import { streamsOf } from '../../../src/modules/index.ts';

const streams = streamsOf({
  approval: { approvalCodes: ['A'], lookbackDays: 30, locale: 'en-US' },
  base: [{ kind: 'app', token: 'B' }],
  attendance: {
    employeeType: 'employee_id',
    userIds: [],
    includeTerminatedUsers: false,
    lookbackDays: 7,
  },
  contact: { departmentIds: [], departmentIdType: 'open_department_id', userIdType: 'open_id' },
});

test('a tenant has the streams of its four modules, each name once', () => {
  const names = streams.map(({ name }) => name);
  assert.deepEqual(new Set(names).size, names.length);
  assert.deepEqual(new Set(names.map((name) => name.split('.')[0])).size, 4);
});

test('no two streams write one table', () => {
  const tables = streams.flatMap((stream) => stream.tables.map(({ name }) => name));
  assert.deepEqual(new Set(tables).size, tables.length);
});

for (const [place, stream] of streams.entries()) {
  test(`${stream.name} comes after the streams that it needs or waits for`, () => {
    const earlier = streams.slice(0, place).map(({ name }) => name);
    for (const name of [...(stream.needs ?? []), ...(stream.after ?? [])]) {
      assert.ok(earlier.includes(name), `${name} comes earlier`);
    }
  });

  for (const table of stream.tables) {
    test(`keys and owners of ${table.name} are columns of it`, () => {
      const columns = Object.keys(table.columns);
      for (const name of [...table.key, ...(table.owner ?? [])]) {
        assert.ok(columns.includes(name), name);
      }
      const rootColumns = Object.keys(stream.tables[0].columns);
      for (const name of table.owner ?? []) assert.ok(rootColumns.includes(name), name);
    });
  }
}

test('a module that is not configured has no stream', () => {
  assert.deepEqual(streamsOf({}), []);
});
