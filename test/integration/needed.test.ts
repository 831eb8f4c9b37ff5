// What streams and scopes read again of the tables has to be as Lark gave it: those columns are declared, so
// that no configuration can drop or hash them.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { handmadeCompany } from '../../src/demo/company/handmade.ts';
import { everyStream } from '../../src/modules/everything.ts';
import type { ModuleSettings } from '../../src/modules/index.ts';
import type { Sink } from '../../src/sink.ts';
import type { Replica } from '../../src/stream.ts';
import { startEngine } from '../engine.ts';

const company = handmadeCompany();
const now = Date.now();
for (let person = 0; person < 3; person += 1) company.addPunch(company.addUser(), now - 3_600_000);
const definition = company.addDefinition();
company.addInstance(definition, now - 3_600_000);
const base = company.addBase();
company.addRecord(company.addTable(base), now);
const engine = await startEngine({ company });
after(() => engine.close());

const modules = {
  approval: { approvalCodes: [definition.approval_code], lookbackDays: 1, locale: 'en-US' },
  base: [{ kind: 'app', token: base.app_token }],
  attendance: {
    employeeType: 'employee_id',
    userIds: [],
    includeTerminatedUsers: false,
    lookbackDays: 1,
  },
  contact: { departmentIds: [], departmentIdType: 'open_department_id', userIdType: 'open_id' },
} as const satisfies ModuleSettings;

/** Columns that were read again, as `table.column`. */
const read = new Set<string>();

function told(replica: Replica): Replica {
  const note = (table: string, columns: readonly string[]): void => {
    for (const column of columns) read.add(`${table}.${column}`);
  };
  return {
    rows(table, columns, where = {}) {
      note(table, [...columns, ...Object.keys(where)]);
      return replica.rows(table, columns, where);
    },
    known(table, column, values) {
      note(table, [column]);
      return replica.known(table, column, values);
    },
    cursor: (stream, partition) => replica.cursor(stream, partition),
  };
}

function covered(sink: Sink): Sink {
  return {
    async open(stream, partition, notes) {
      const writer = await sink.open(stream, partition, notes);
      return {
        checkpoint: writer.checkpoint,
        write(batch) {
          for (const column of Object.keys(batch.covers ?? {})) {
            read.add(`${stream.tables[0].name}.${column}`);
          }
          return writer.write(batch);
        },
        close: () => writer.close(),
      };
    },
  };
}

test('every column that is read again is a key, is needed, or is of the bookkeeping', async () => {
  const employeeNo: ModuleSettings = {
    ...modules,
    attendance: { ...modules.attendance, employeeType: 'employee_no' },
  };
  for (const each of [modules, modules, employeeNo]) {
    const { all } = await engine.run(each, { replica: told, sink: covered });
    assert.ok(all.every(({ status }) => status === 'complete'));
  }
  const declared = everyStream
    .flatMap((stream) => [...stream.tables])
    .flatMap(({ name, key, bookkeeping, columns }) =>
      ['deleted_at', ...Object.keys(columns)]
        .filter(
          (column) =>
            column === 'deleted_at' ||
            key.includes(column) ||
            bookkeeping === true ||
            columns[column]?.needed === true,
        )
        .map((column) => `${name}.${column}`),
    );
  assert.deepEqual(
    [...read].filter((column) => !declared.includes(column)),
    [],
  );
  // The notes on what was read tell something.
  for (const column of ['contact_users.user_id', 'attendance_flows.check_time']) {
    assert.ok(read.has(column), column);
  }
});

test('nothing is needed that nobody reads again', () => {
  const needed = everyStream
    .flatMap((stream) => [...stream.tables])
    .flatMap(({ name, columns }) =>
      Object.keys(columns)
        .filter((column) => columns[column]?.needed === true)
        .map((column) => `${name}.${column}`),
    );
  assert.deepEqual(
    needed.filter((column) => !read.has(column)),
    [],
  );
});
