// The tenant as streams see it: endpoints as data, calls, and what calls cost.

import type { Json, JsonObject } from './json.ts';

/** One window of a rate limit: so many calls in so many ms. Lark applies all windows of an endpoint at once. */
export interface RateWindow {
  readonly calls: number;
  readonly ms: number;
}

/** An endpoint of Lark's API, as data. */
export interface Endpoint {
  /** How it is called in `api_usage`, plans and messages. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** With `:name` placeholders. */
  readonly path: string;
  /** https://open.larksuite.com/document/server-docs/api-call-guide/frequency-control */
  readonly windows: readonly RateWindow[];
  /** Any one of these scopes permits the call. */
  readonly scopes: readonly string[];
  /** The list in `data`; for endpoints that page, and for bodies that may be large. */
  readonly items?: string;
  /** Members of the items that are stored as they come, so that nobody looks into them: they may be `JsonText`. */
  readonly verbatim?: readonly string[];
  /** The members of the items that are read, where the bytes of an item are known (`asSent`): the others stand there. */
  readonly only?: readonly string[];
  /** The `data` of an answer is stored as it comes: it bears `asSent` where its bytes are plainly found. */
  readonly whole?: true;
  /** The largest page_size that Lark takes; given for endpoints that page. */
  readonly pageSize?: number;
  /** Counts against the monthly quota of the tenant's plan. */
  readonly metered: boolean;
  /** At most one call of this endpoint is under way at a time. */
  readonly serial?: boolean;
}

export interface Call {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<
    Record<string, string | number | boolean | readonly string[] | undefined>
  >;
  readonly body?: Json;
}

/** The tenant, as a stream sees it. Calls wait for the rate limit, renew tokens and repeat what may be repeated. */
export interface Lark {
  /** The `data` of one answer. Throws the errors of `errors.ts`. */
  call(endpoint: Endpoint, call?: Call): Promise<JsonObject>;
  /**
   * The `data` of every page, following `has_more`; the next page is requested while this one is used.
   * A page of several MiB comes in parts, each with some of the items. Pages and parts may be given again
   * when a listing has to start anew or a large body breaks off.
   * Ends only after an answer said `has_more: false`; otherwise throws.
   */
  pages(endpoint: Endpoint, call?: Call): AsyncIterable<JsonObject>;
  /** The tenant's clock in ms, from the Date header of its answers. */
  now(): Promise<number>;
}

/** What a stream's requests cost, told while they are made. */
export interface Meter {
  /** Asked before each request, repetitions too. May throw QuotaError. */
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
