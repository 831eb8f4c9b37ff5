// The forecast of one source: its streams asked, the calls that this took counted, its quota looked up.

import type { Source as SourceSettings } from '../../config/source.ts';
import type { EndpointUse } from '../../progress.ts';
import type { Source } from '../../run.ts';
import type { Stream } from '../../stream.ts';
import { meteredCalls } from '../metered.ts';
import type { Site } from '../site.ts';
import { CallLog } from '../sync/call-log.ts';
import { callsThisMonth, monthOfSource } from '../sync/months.ts';
import { callsOf, costsOf, minutesOf } from './costs.ts';
import type { SourceForecast } from './forecast.ts';
import { inquire } from './inquiry.ts';

export interface Subject {
  readonly settings: SourceSettings;
  readonly streams: readonly Stream[];
  readonly lark: Source['lark'];
}

export interface SourceResult {
  readonly forecast: SourceForecast;
  /** Warnings and errors, as sentences. */
  readonly troubles: readonly string[];
  readonly failed: boolean;
}

/** Throws WarehouseError, and the reason of the signal. */
export async function forecastOf(
  { settings, streams, lark }: Subject,
  site: Site,
  options: { readonly full: boolean; readonly signal: AbortSignal },
): Promise<SourceResult> {
  const { name } = settings;
  const used = await callsThisMonth(site.control, name);
  const own = new Map<string, number>();
  const made = async (use: ReadonlyMap<string, EndpointUse>): Promise<void> => {
    for (const [endpoint, { requests }] of use) {
      own.set(endpoint, (own.get(endpoint) ?? 0) + requests);
    }
    await site.control?.addUsage(name, new CallLog(use).since(Date.now()));
  };
  const asked = {
    name,
    streams,
    lark,
    replica: site.replica(name),
    allow: monthOfSource(settings, used),
  };
  const { expectations, errors, warnings } = await inquire(asked, { ...options, made });
  const endpoints = costsOf(expectations);
  const forecast = {
    source: name,
    endpoints,
    calls: callsOf(endpoints),
    minutes: minutesOf(endpoints),
    quota: quotaOf(settings, used + meteredCalls(own)),
    discovery_calls: [...own.values()].reduce((sum, calls) => sum + calls, 0),
  };
  const told = (kind: string) => (text: string) => `${kind}: ${name} ${text}`;
  const troubles = [...warnings.map(told('warning')), ...errors.map(told('error'))];
  return { forecast, troubles, failed: errors.length > 0 };
}

function quotaOf({ quota }: SourceSettings, used: number): SourceForecast['quota'] {
  if (quota === undefined) return null;
  const { monthlyCalls: limit } = quota;
  return { limit, used, left: Math.max(0, limit - used) };
}
