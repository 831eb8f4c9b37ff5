// The one approval code that measurements read.

import { type ModuleSettings, streamsOf } from '../../src/modules/index.ts';
import type { TenantPlan } from '../tenant/plan.ts';

export const approvalCode = '7C468A54-8745-2245-9675-08B7C63E7A85';

/** Instances that were submitted evenly over so many days. */
export function bookOf(instances: number, days: number): TenantPlan {
  return { approvals: { [approvalCode]: { instances, days } } };
}

/** Reads all that was submitted in the last so many days. */
export function approvalModules(
  days: number,
  codes: readonly string[] = [approvalCode],
): ModuleSettings {
  const startDate = new Date(Date.now() - (days + 1) * 86_400_000).toISOString().slice(0, 10);
  return { approval: { approvalCodes: codes, lookbackDays: 30, startDate, locale: 'en-US' } };
}

/** What an instance is exploded into. */
export function approvalTables(): readonly string[] {
  const stream = streamsOf(approvalModules(1)).find(({ name }) => name === 'approval.instances');
  return stream?.tables.map(({ name }) => name) ?? [];
}
