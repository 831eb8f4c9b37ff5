// What each module reads, and how far back. A module is off unless it is named.

import { z } from 'zod';
import { type BaseEntry, baseSchema } from './base.ts';
import { date, evenWithProblems, flag, ids, mapping, report, whole } from './fields.ts';

export interface Modules {
  readonly approval?: Approval;
  readonly base?: readonly BaseEntry[];
  readonly attendance?: Attendance;
  readonly contact?: Contact;
}

export interface Approval {
  readonly approvalCodes: readonly string[];
  /** Days for which closed instances are checked again. */
  readonly lookbackDays: number;
  /** yyyy-mm-dd; absent: `lookbackDays` ago. */
  readonly startDate?: string;
  readonly locale: Locale;
}

export interface Attendance {
  readonly employeeType: 'employee_id' | 'employee_no';
  /** Empty: every user visible to the app. */
  readonly userIds: readonly string[];
  readonly includeTerminatedUsers: boolean;
  /** yyyy-mm-dd; absent: `lookbackDays` ago. */
  readonly startDate?: string;
  /** Work days that each run reads again. */
  readonly lookbackDays: number;
  /** IANA name: where days begin and end in the views. */
  readonly timeZone: string;
}

export interface Contact {
  /** Empty: the root department, or what the app may see. */
  readonly departmentIds: readonly string[];
  readonly departmentIdType: 'open_department_id' | 'department_id';
  readonly userIdType: 'open_id' | 'union_id' | 'user_id';
}

const locales = [
  'zh-CN',
  'en-US',
  'ja-JP',
  'zh-HK',
  'zh-TW',
  'de-DE',
  'es-ES',
  'fr-FR',
  'id-ID',
  'it-IT',
  'ko-KR',
  'pt-BR',
  'th-TH',
  'vi-VN',
  'ms-MY',
  'ru-RU',
] as const;

/** A language that Lark has names and option texts in. */
export type Locale = (typeof locales)[number];

const startDate = date('First day of the first run, yyyy-mm-dd. Default: lookback_days ago.');

const approval = mapping({
  approval_codes: ids('Codes of the approval definitions to read.').min(1, {
    error: 'needs at least one approval code',
  }),
  lookback_days: whole(1, 3650, 'Days for which closed instances are checked again.').default(30),
  start_date: startDate.optional(),
  locale: z.enum(locales).describe('Language of names and option texts.').default('en-US'),
}).transform(
  (given): Approval => ({
    approvalCodes: given.approval_codes,
    lookbackDays: given.lookback_days,
    ...(given.start_date === undefined ? {} : { startDate: given.start_date }),
    locale: given.locale,
  }),
);

const attendanceFields = mapping({
  employee_type: z
    .enum(['employee_id', 'employee_no'])
    .describe('What user_ids and the user_id column hold.')
    .default('employee_id'),
  user_ids: ids('Users to read; empty: every user visible to the app.').default([]),
  include_terminated_users: flag(
    'Where an id was given anew, read its former holders, too.',
  ).default(false),
  start_date: startDate.optional(),
  lookback_days: whole(0, 365, 'Work days that each run reads again.').default(7),
  time_zone: z
    .string()
    .refine(isTimeZone, { error: 'must be the name of a time zone, such as Asia/Shanghai' })
    .describe('Where days begin and end in the view attendance_days.')
    .default('UTC'),
});

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const attendance = attendanceFields.nullable().transform((present): Attendance => {
  const given = present ?? attendanceFields.parse({});
  return {
    employeeType: given.employee_type,
    userIds: given.user_ids,
    includeTerminatedUsers: given.include_terminated_users,
    ...(given.start_date === undefined ? {} : { startDate: given.start_date }),
    lookbackDays: given.lookback_days,
    timeZone: given.time_zone,
  };
});

const contactFields = mapping({
  department_ids: ids('Departments to read with all below them; empty: the root.').default([]),
  department_id_type: z
    .enum(['open_department_id', 'department_id'])
    .describe('What department_ids holds.')
    .default('open_department_id'),
  user_id_type: z
    .enum(['open_id', 'union_id', 'user_id'])
    .describe('The id by which users are asked for.')
    .default('open_id'),
});

const contact = contactFields.nullable().transform((present): Contact => {
  const given = present ?? contactFields.parse({});
  return {
    departmentIds: given.department_ids,
    departmentIdType: given.department_id_type,
    userIdType: given.user_id_type,
  };
});

const fields = mapping({
  approval: z.exactOptional(approval.describe('Approval definitions and instances.')),
  base: z.exactOptional(baseSchema),
  attendance: z.exactOptional(attendance.describe('Punch records.')),
  contact: z.exactOptional(contact.describe('Departments, users and memberships.')),
});

export const modulesSchema: z.ZodType<Modules> = fields
  .superRefine((given, context) => {
    if (Object.keys(given).length > 0 || context.issues.length > 0) return;
    report(context, [], `needs at least one of ${Object.keys(fields.shape).join(', ')}`);
  }, evenWithProblems)
  .describe('What to replicate: a module is off unless it is named here.');
