// The three modules that grow, each with little and with much behind it, and with the same news every time.

import type { ModuleSettings } from '../../src/modules/index.ts';
import type { Options } from '../options.ts';
import type { BenchTenant } from '../stand/stand.ts';
import type { TenantPlan } from '../tenant/plan.ts';
import { userId } from '../tenant/punches.ts';
import { approvalCode, approvalModules, approvalTables, bookOf } from './approval-book.ts';
import { appToken, modulesOf, tableId } from './base-table.ts';

export const sizes = ['little', 'much'] as const;
export type Size = (typeof sizes)[number];

export interface Kind {
  readonly name: 'base' | 'approval' | 'attendance';
  /** Those that hold what grows. */
  readonly tables: readonly string[];
  plan(size: Size): TenantPlan;
  modules(size: Size): ModuleSettings;
  /** What happens at the tenant before each incremental run. */
  change(tenant: BenchTenant): Promise<void>;
}

/** How long ago what is stored began. */
const days: Readonly<Record<Size, number>> = { little: 30, much: 1250 };
const punchesPerDay = 4;
/** An instance becomes about so many rows. */
const rowsPerInstance = 32;
const dayMs = 86_400_000;

/** Much is 10 times the rows of a first load; with --long 100 times, and 500 times for attendance. */
export function kindsOf({ rows, long }: Options): readonly Kind[] {
  const much = rows * (long ? 100 : 10);
  return [
    baseKind({ moving: rows / 10, resting: { little: rows / 10, much } }),
    approvalKind(much / rowsPerInstance / days.much),
    attendanceKind((long ? rows * 500 : much) / days.much / punchesPerDay),
  ];
}

/** A table of which a hundredth changes, beside one that rests. */
function baseKind(records: {
  readonly moving: number;
  readonly resting: Readonly<Record<Size, number>>;
}): Kind {
  return {
    name: 'base',
    tables: ['base_records'],
    plan: (size) => ({
      bases: { [appToken]: { [tableId]: records.moving, tblResting: records.resting[size] } },
    }),
    modules: () => modulesOf(),
    change: (tenant) => tenant.move(appToken, tableId, true),
  };
}

/** As many a day for the shorter and for the longer time; 100 new ones before each run. */
function approvalKind(perDay: number): Kind {
  return {
    name: 'approval',
    tables: approvalTables(),
    plan: (size) => bookOf(Math.round(perDay * days[size]), days[size]),
    modules: (size) => approvalModules(days[size]),
    change: (tenant) => tenant.submit(approvalCode, 100),
  };
}

/** The last 7 days of everybody are read again and found unchanged. */
function attendanceKind(people: number): Kind {
  const userIds = Array.from({ length: Math.ceil(people) }, (_, n) => userId(n));
  return {
    name: 'attendance',
    tables: ['attendance_flows'],
    plan: () => ({ punchesPerDay }),
    modules: (size) => ({
      attendance: {
        employeeType: 'employee_id',
        userIds,
        includeTerminatedUsers: false,
        startDate: new Date(Date.now() - days[size] * dayMs).toISOString().slice(0, 10),
        lookbackDays: 7,
      },
    }),
    change: async () => undefined,
  };
}
