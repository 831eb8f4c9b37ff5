// The one approval code that measurements read.

import type { ModuleSettings } from '../../src/modules/index.ts';
import type { TenantPlan } from '../tenant/plan.ts';

export const approvalCode = '7C468A54-8745-2245-9675-08B7C63E7A85';

/** What an instance is exploded into. */
export const approvalTables: readonly string[] = [
  'approval_instances',
  'approval_instance_payloads',
  'approval_fields',
  'approval_tasks',
  'approval_timeline',
  'approval_comments',
  'approval_follows',
];

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
