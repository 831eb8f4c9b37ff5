// The forecast of a plan, as data: what `plan --json` prints.

import type { EndpointCost } from './costs.ts';

export interface Forecast {
  readonly sources: readonly SourceForecast[];
}

export interface SourceForecast {
  readonly source: string;
  /** The slowest first. */
  readonly endpoints: readonly EndpointCost[];
  readonly calls: number;
  readonly minutes: number;
  /** Null without a quota; calls of this month in UTC, those of the plan included. */
  readonly quota: {
    readonly limit: number;
    readonly used: number;
    readonly left: number;
  } | null;
  /** Calls that the plan itself made. */
  readonly discovery_calls: number;
}
