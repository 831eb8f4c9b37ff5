// What requests cost, told while they are made: one meter a stream.

import type { Endpoint } from '../tenant.ts';

export interface Meter {
  /** Asked before each request of a stream, repetitions too. May throw QuotaError. */
  allow(endpoint: Endpoint): void;
  /** The request goes out now. */
  sent(endpoint: Endpoint): void;
  /** Lark asked to slow down; the endpoint rests for so many ms. */
  throttled(endpoint: Endpoint, waitMs: number): void;
  /** A failed request is repeated after so many ms. */
  retried(endpoint: Endpoint, waitMs: number): void;
  /** The request gave neither data nor "slow down"; it may still be repeated. */
  failed(endpoint: Endpoint): void;
  /** The request had to wait so many ms for the rate limit, rests included. */
  waited(endpoint: Endpoint, ms: number): void;
}
