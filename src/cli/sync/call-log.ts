// A stream's calls as the control tables count them: by endpoint and day.

import type { Usage } from '../../load/control.ts';
import type { EndpointUse } from '../../progress.ts';

/** A stream's calls, told in parts. */
export class CallLog {
  readonly #use: ReadonlyMap<string, EndpointUse>;
  readonly #told = new Map<string, EndpointUse>();

  constructor(use: ReadonlyMap<string, EndpointUse>) {
    this.#use = use;
  }

  /** What came since it was last asked, as calls of today. */
  since(now: number): Usage[] {
    const day = new Date(now).toISOString().slice(0, 10);
    const fresh: Usage[] = [];
    for (const [endpoint, { requests, throttled, errors }] of this.#use) {
      const told = this.#told.get(endpoint) ?? { requests: 0, throttled: 0, errors: 0 };
      this.#told.set(endpoint, { requests, throttled, errors });
      fresh.push({
        endpoint,
        day,
        requests: requests - told.requests,
        throttled: throttled - told.throttled,
        errors: errors - told.errors,
      });
    }
    return fresh.filter((usage) => usage.requests + usage.throttled + usage.errors > 0);
  }
}
