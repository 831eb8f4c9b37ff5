// How much of Lark's permitted rate is used while there is work, as the tenant sees the calls come in: by the
// limiter alone with many callers waiting, and by the streams of a sync of all modules side by side.

import { type Figure, given, type Measurement, type Quantities, type Trial } from '../figure.ts';
import { type BenchTenant, type Stand, withDatabase } from '../stand/stand.ts';
import type { TenantPlan } from '../tenant/plan.ts';
import { userId } from '../tenant/punches.ts';
import { approvalCode, approvalModules } from './approval-book.ts';
import { appToken, modulesOf, tableId } from './base-table.ts';
import { callWithoutEnd, tierOf } from './rates-limiter.ts';
import { shareOf } from './rates-share.ts';

/** An approval code without instances: listing its windows is all that there is to do. */
const emptyCode = '1A2B3C4D-8745-2245-9675-08B7C63E7A85';
/** A limit a minute repeats its pattern after 60 s / 0.95; the rest is for the start, and for walking the departments. */
const wholeMs = 80_000;
const quickMs = 12_000;
const latencyMs = 100;
const baseLatencyMs = 20;

/** By what the figure is called: the app and endpoint as the tenant counts them, and the tier of its limit. */
const watched: Readonly<Record<string, readonly [key: string, tier: number, title: string]>> = {
  'tier-3': ['tiers tier.3', 3, 'the limiter alone, 100 a minute'],
  'tier-4': ['tiers tier.4', 4, 'the limiter alone, 1000 a minute and 50 a second'],
  'tier-8': ['tiers tier.8', 8, 'the limiter alone, 20 a second'],
  'tier-9': ['tiers tier.9', 9, 'the limiter alone, 50 a second'],
  'approval-details': ['streams approval.instances.get', 4, 'approval details, 1000 a minute'],
  'approval-list': ['lister approval.instances.list', 3, 'the approval list, 100 a minute'],
  'base-records': ['streams base.records.search', 8, 'Base records, 20 a second, one at a time'],
  attendance: ['streams attendance.user_flows.query', 9, 'attendance, 50 a second'],
  contact: ['streams contact.users.find_by_department', 4, 'people, 1000 a minute'],
};

const plan: TenantPlan = {
  limited: true,
  latencyMs,
  baseLatencyMs,
  bases: { [appToken]: { [tableId]: 100_500 } },
  approvals: {
    [approvalCode]: { instances: 20_000, days: 30 },
    [emptyCode]: { instances: 0, days: 900 },
  },
  departments: { count: 2000, people: 50 },
};

export const rates: Measurement = {
  name: 'rates',
  figures: [
    ...Object.entries(watched).map(([name, [, tier, title]]): Figure => {
      const isStream = name !== `tier-${tier}`;
      const latency = name === 'base-records' ? baseLatencyMs : latencyMs;
      return {
        name: `rates.${name}`,
        title: `share of the permitted rate: ${title}${isStream ? `, answers take ${latency} ms` : ''}`,
        unit: 'x',
        better: 'more',
        bar: 0.93,
        limit: '1.0',
        of: given(name),
      };
    }),
    {
      name: 'rates.throttled',
      title: 'calls that the tenant refused, of all of these',
      unit: '%',
      better: 'less',
      bar: 0.1,
      of: given('throttled %'),
    },
  ],
  async prepare(stand: Stand): Promise<readonly Trial[]> {
    const tenant = await stand.tenant(plan);
    return [() => watch(stand, tenant)];
  },
};

async function watch(stand: Stand, tenant: BenchTenant): Promise<Quantities> {
  await tenant.usage();
  const ms = stand.options.quick ? quickMs : wholeMs;
  const limits = { tenant: tenant.url, runId: 1, limited: true, stopAfterMs: ms };
  await Promise.all([
    callWithoutEnd(tenant.url, ms),
    withDatabase(stand, ({ url: warehouse }) =>
      stand.sync({ ...limits, warehouse, app: 'streams', modules: allModules() }),
    ),
    withDatabase(stand, ({ url: warehouse }) => {
      const modules = approvalModules(900, [emptyCode]);
      return stand.sync({ ...limits, warehouse, app: 'lister', modules });
    }),
  ]);
  const { accepted, refused, calls } = await tenant.usage();
  const until = Math.max(...Object.values(accepted).map((times) => times.at(-1) ?? 0));
  const perWatched = Object.entries(watched).flatMap(([name, [key, tier]]) => {
    const times = accepted[key] ?? [];
    return [
      [name, shareOf(times, tierOf(tier), until)],
      [`${name} calls`, times.length],
      [`${name} refused`, refused[key] ?? 0],
    ];
  });
  const throttled = Object.values(refused).reduce((sum, count) => sum + count, 0);
  return { ...Object.fromEntries(perWatched), calls, 'throttled %': (100 * throttled) / calls };
}

function allModules(): Parameters<Stand['sync']>[0]['modules'] {
  return {
    ...modulesOf(),
    ...approvalModules(30),
    attendance: {
      employeeType: 'employee_id',
      userIds: Array.from({ length: 5000 }, (_, n) => userId(n)),
      includeTerminatedUsers: false,
      startDate: '2020-01-01',
      lookbackDays: 7,
    },
    contact: {
      departmentIds: [],
      departmentIdType: 'open_department_id',
      userIdType: 'open_id',
    },
  };
}
