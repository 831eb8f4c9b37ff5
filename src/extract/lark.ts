// The tenant as one stream sees it: its calls, metered and ended by the stream's signal.

import { InvariantError, locate } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Call, Endpoint, Lark, Meter } from '../tenant.ts';
import { orInterrupted } from './clock.ts';
import type { Link } from './link.ts';
import { listing } from './paginate.ts';
import { repeated } from './repeat.ts';

/** The cheapest call that every app may try. https://open.larksuite.com/document/server-docs/contact-v3/scope/list */
const anyAnswer: Endpoint = {
  name: 'contact.scopes.list',
  method: 'GET',
  path: '/open-apis/contact/v3/scopes',
  windows: [
    { calls: 1000, ms: 60_000 },
    { calls: 50, ms: 1000 },
  ],
  scopes: [],
  metered: false,
};

/** A stream's access to the tenant behind the link. */
export class LinkedLark implements Lark {
  readonly #link: Link;
  readonly #meter: Meter;
  readonly #signal: AbortSignal;

  constructor(link: Link, meter: Meter, signal: AbortSignal) {
    this.#link = link;
    this.#meter = meter;
    this.#signal = AbortSignal.any([signal, link.closing]);
  }

  async call(endpoint: Endpoint, call: Call = {}): Promise<JsonObject> {
    const asking = { endpoint, call, meter: this.#meter, signal: this.#signal };
    try {
      for await (const { data } of repeated(this.#link, asking)) return data;
      throw new InvariantError('an answer ended without data');
    } catch (error) {
      throw this.#located(error, endpoint);
    }
  }

  /** Gives pages again, from the first, when Lark refuses a page token: at most twice. */
  async *pages(endpoint: Endpoint, call: Call = {}): AsyncGenerator<JsonObject, void> {
    const left = new AbortController();
    const signal = AbortSignal.any([this.#signal, left.signal]);
    const list = endpoint.items === undefined ? {} : { listName: endpoint.items };
    const asking = { endpoint, meter: this.#meter, signal, ...list };
    const pages = listing(endpoint, call, (page, check) =>
      repeated(this.#link, { ...asking, call: page, check }),
    );
    try {
      yield* pages;
    } catch (error) {
      throw this.#located(error, endpoint);
    } finally {
      left.abort();
    }
  }

  async now(): Promise<number> {
    const { tenantClock, tokens } = this.#link;
    if (!tenantClock.known) await orInterrupted(tokens.current(), this.#signal);
    // A token that was given, not fetched, came with no answer: any answer bears a date, a refusal too.
    if (!tenantClock.known) await tenantClock.learn(() => this.call(anyAnswer));
    return tenantClock.now();
  }

  #located(error: unknown, endpoint: Endpoint): unknown {
    return locate(error, { source: this.#link.source, endpoint: endpoint.name });
  }
}
