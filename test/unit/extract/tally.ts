// A meter that remembers what it was told.

import type { Endpoint, Meter } from '../../../src/tenant.ts';

export class Tally implements Meter {
  readonly events: string[] = [];
  readonly throttles: number[] = [];
  readonly retries: number[] = [];
  waitedMs = 0;
  /** Thrown when a request beyond this number asks. */
  limit: { readonly requests: number; readonly error: Error } | undefined;

  allow(_endpoint: Endpoint): void {
    if (this.limit !== undefined && this.count('sent') >= this.limit.requests)
      throw this.limit.error;
    this.events.push('allow');
  }

  sent(_endpoint: Endpoint): void {
    this.events.push('sent');
  }

  throttled(_endpoint: Endpoint, waitMs: number): void {
    this.events.push('throttled');
    this.throttles.push(waitMs);
  }

  retried(_endpoint: Endpoint, waitMs: number): void {
    this.events.push('retried');
    this.retries.push(waitMs);
  }

  failed(_endpoint: Endpoint): void {
    this.events.push('failed');
  }

  waited(_endpoint: Endpoint, ms: number): void {
    this.waitedMs += ms;
  }

  count(event: string): number {
    return this.events.filter((one) => one === event).length;
  }
}
