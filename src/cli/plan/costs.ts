// What calls cost, by endpoint: how many there are, and how long the rate limit makes them take.

import type { Expectation } from '../../stream.ts';
import type { RateWindow } from '../../tenant.ts';

export interface EndpointCost {
  readonly endpoint: string;
  readonly calls: number;
  /** At 95 % of the slowest window of its rate limit. */
  readonly minutes: number;
  /** Its calls count against the monthly quota. */
  readonly metered: boolean;
}

const usedShare = 0.95;
const minuteMs = 60_000;

/** The slowest first; endpoints without a call are left out. */
export function costsOf(expectations: readonly Expectation[]): readonly EndpointCost[] {
  const byName = Map.groupBy(expectations, ({ endpoint }) => endpoint.name);
  return [...byName.values()]
    .flatMap((group) => costOf(group))
    .sort((one, other) => other.minutes - one.minutes || other.calls - one.calls);
}

function costOf(group: readonly Expectation[]): readonly EndpointCost[] {
  const [first] = group;
  const calls = group.reduce((sum, one) => sum + one.calls, 0);
  if (first === undefined || calls === 0) return [];
  const { name, metered, windows } = first.endpoint;
  return [{ endpoint: name, calls, minutes: minutesFor(calls, windows), metered }];
}

/** To the hundredth of a minute. */
function minutesFor(calls: number, windows: readonly RateWindow[]): number {
  const ms = windows.map((window) => (calls * window.ms) / (window.calls * usedShare));
  return Math.round((Math.max(0, ...ms) / minuteMs) * 100) / 100;
}

/** Endpoints are read side by side, so that the slowest one says how long all of them take. */
export function minutesOf(costs: readonly EndpointCost[]): number {
  return Math.max(0, ...costs.map(({ minutes }) => minutes));
}

export function callsOf(costs: readonly EndpointCost[]): number {
  return costs.reduce((sum, { calls }) => sum + calls, 0);
}
