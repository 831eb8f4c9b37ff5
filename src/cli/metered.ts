// The calls that count against the monthly quota of a tenant's plan, by the names that `api_usage` has.

import * as approval from '../modules/approval/endpoints.ts';
import * as attendance from '../modules/attendance/endpoints.ts';
import * as base from '../modules/base/endpoints.ts';
import * as contact from '../modules/contact/endpoints.ts';
import type { Endpoint } from '../tenant.ts';

const endpoints: readonly Endpoint[] = [approval, attendance, base, contact].flatMap((module) =>
  Object.values(module),
);

/** The endpoint that `api_usage` calls so; undefined for one that is asked no more. */
export function endpointNamed(name: string): Endpoint | undefined {
  return endpoints.find((endpoint) => endpoint.name === name);
}

/** Calls that count, of calls by endpoint. */
export function meteredCalls(calls: ReadonlyMap<string, number>): number {
  const metered = endpoints.filter(({ metered: counts }) => counts).map(({ name }) => name);
  return [...new Set(metered)].reduce((sum, name) => sum + (calls.get(name) ?? 0), 0);
}

/** The month of a moment (epoch ms), YYYY-MM in UTC. */
export function monthOf(now: number): string {
  return new Date(now).toISOString().slice(0, 7);
}
