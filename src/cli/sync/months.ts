// The month of a source: the calls that count against its quota, and whether one more may be made.

import type { Source as SourceSettings } from '../../config/source.ts';
import type { Control } from '../../load/control.ts';
import { meteredCalls, monthOf } from '../metered.ts';
import { type Allow, monthlyLimit } from '../quota.ts';

/** Calls of this month that count; none without control tables. */
export async function callsThisMonth(
  control: Control | undefined,
  source: string,
): Promise<number> {
  const calls = await control?.monthlyUsage(source, monthOf(Date.now()));
  return calls === undefined ? 0 : meteredCalls(calls);
}

/** Throws QuotaError when called for a call that the quota does not permit; without a quota it never does. */
export function monthOfSource(
  { name, quota }: Pick<SourceSettings, 'name' | 'quota'>,
  used: number,
): Allow {
  if (quota === undefined) return () => undefined;
  return monthlyLimit({ source: name, monthlyCalls: quota.monthlyCalls, used });
}
