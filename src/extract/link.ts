// What all requests of one app to one tenant share.

import type { Endpoint } from '../tenant.ts';
import type { Clock } from './clock.ts';
import type { Reserves } from './retry.ts';
import type { TenantClock } from './tenant-clock.ts';
import { Throttle } from './throttle.ts';
import type { TokenKeeper } from './token.ts';
import type { Transport } from './transport.ts';

export interface Link extends Reserves {
  readonly source: string;
  /** What must not appear in a message; grows by the tokens that come. */
  readonly secrets: readonly string[];
  readonly transport: Transport;
  readonly tokens: TokenKeeper;
  readonly throttles: Throttles;
  readonly tenantClock: TenantClock;
  readonly largeBodyBytes: number;
  /** How long an endpoint may ask to slow down without one success, in ms. */
  readonly throttledMs: number;
  /** Aborts when the connection is closed. */
  readonly closing: AbortSignal;
}

/** The limiter of each endpoint: Lark counts by API, app and tenant. */
export class Throttles {
  readonly #clock: Clock;
  readonly #byApi = new Map<string, Throttle>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  of(endpoint: Endpoint): Throttle {
    const api = `${endpoint.method} ${endpoint.path}`;
    const known = this.#byApi.get(api);
    if (known !== undefined) return known;
    const throttle = new Throttle(endpoint, this.#clock);
    this.#byApi.set(api, throttle);
    return throttle;
  }
}
