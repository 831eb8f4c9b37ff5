import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Modules } from '../../../src/config/modules.ts';
import { complaints, readSource } from './sample.ts';

function modules(given: object, env: NodeJS.ProcessEnv = {}): Modules {
  return readSource({ modules: given }, env).modules;
}

function wrong(given: unknown): string[] {
  return complaints({ modules: given }).map((each) => each.replace(/^modules\.?/, ''));
}

test('a module is off unless it is named', () => {
  assert.deepEqual(Object.keys(modules({ contact: {} })), ['contact']);
});

test('at least one module is named', () => {
  assert.deepEqual(wrong({}), [': needs at least one of approval, base, attendance, contact']);
});

test('approval has its defaults', () => {
  assert.deepEqual(modules({ approval: { approval_codes: ['A'] } }).approval, {
    approvalCodes: ['A'],
    lookbackDays: 30,
    locale: 'en-US',
  });
});

test('approval takes every option', () => {
  const approval = {
    approval_codes: ['a-1', 'B-2'],
    lookback_days: 3650,
    start_date: '2024-02-29',
    locale: 'zh-CN',
  };
  assert.deepEqual(modules({ approval }).approval, {
    approvalCodes: ['a-1', 'B-2'],
    lookbackDays: 3650,
    startDate: '2024-02-29',
    locale: 'zh-CN',
  });
});

test('approval needs at least one code, each once', () => {
  assert.deepEqual(wrong({ approval: {} }), ['approval.approval_codes: is required']);
  assert.deepEqual(wrong({ approval: { approval_codes: [] } }), [
    'approval.approval_codes: needs at least one approval code',
  ]);
  assert.deepEqual(wrong({ approval: { approval_codes: ['A', '', 'B', 'A'] } }), [
    'approval.approval_codes[1]: must not be empty',
    'approval.approval_codes[3]: is the same as [0]',
  ]);
  assert.match(wrong({ approval: null }).join(), /^approval: is empty: .*approval_codes/);
});

test('attendance and contact are on with their defaults when named with nothing', () => {
  for (const nothing of [{}, null]) {
    assert.deepEqual(modules({ attendance: nothing, contact: nothing }), {
      attendance: {
        employeeType: 'employee_id',
        userIds: [],
        includeTerminatedUsers: false,
        lookbackDays: 7,
        timeZone: 'UTC',
      },
      contact: {
        departmentIds: [],
        departmentIdType: 'open_department_id',
        userIdType: 'open_id',
      },
    });
  }
});

test('a time zone is one of the names that are known', () => {
  const zoned = (name: string) => modules({ attendance: { time_zone: name } });
  assert.equal(zoned('Asia/Tokyo').attendance?.timeZone, 'Asia/Tokyo');
  assert.throws(() => zoned('Mars/Olympus'), /must be the name of a time zone/);
});

test('attendance and contact take every option', () => {
  const attendance = {
    employee_type: 'employee_no',
    user_ids: ['007', 'u'],
    include_terminated_users: true,
    start_date: '2025-01-01',
    lookback_days: 0,
  };
  const contact = {
    department_ids: ['od-1'],
    department_id_type: 'department_id',
    user_id_type: 'union_id',
  };
  assert.deepEqual(modules({ attendance, contact }), {
    attendance: {
      employeeType: 'employee_no',
      userIds: ['007', 'u'],
      includeTerminatedUsers: true,
      startDate: '2025-01-01',
      lookbackDays: 0,
      timeZone: 'UTC',
    },
    contact: {
      departmentIds: ['od-1'],
      departmentIdType: 'department_id',
      userIdType: 'union_id',
    },
  });
});

test('an id that YAML took for a number is told to be quoted', () => {
  const message = 'must be a text: quote it, since a number loses leading zeros and long digits';
  assert.deepEqual(wrong({ attendance: { user_ids: [7] }, contact: { department_ids: [0] } }), [
    `attendance.user_ids[0]: ${message}`,
    `contact.department_ids[0]: ${message}`,
  ]);
});

test('numbers and truths may come from the environment', () => {
  const attendance = { lookback_days: '${DAYS}', include_terminated_users: '${LEAVERS:-true}' };
  const read = modules({ attendance }, { DAYS: '14' }).attendance;
  assert.equal(read?.lookbackDays, 14);
  assert.equal(read?.includeTerminatedUsers, true);
});

test('numbers, truths and lists out of their kind are refused', () => {
  const attendance = { lookback_days: 366, include_terminated_users: 'yes', user_ids: 'u' };
  assert.deepEqual(wrong({ attendance, approval: { approval_codes: ['A'], lookback_days: 0 } }), [
    'approval.lookback_days: must be a whole number from 1 to 3650',
    'attendance.user_ids: must be a list',
    'attendance.include_terminated_users: must be true or false',
    'attendance.lookback_days: must be a whole number from 0 to 365',
  ]);
});

test('a start date is a date of the calendar', () => {
  for (const day of [
    '2023-02-29',
    '2025-13-01',
    '2025-1-1',
    '01.02.2025',
    '2025-01-01T00:00:00Z',
  ]) {
    assert.deepEqual(wrong({ attendance: { start_date: day } }), [
      'attendance.start_date: must be a date that exists, as yyyy-mm-dd',
    ]);
  }
});
