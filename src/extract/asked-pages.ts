// The page of a listing that is read and the one after it, which is on its way as soon as its token is known.

import { setImmediate as turn } from 'node:timers/promises';
import { PageTokenError } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Part } from './exchange.ts';

/** An idle socket is looked at, and then written to, in the next turn of the event loop. */
const turnsUntilSent = 2;

/** Asks for the page of this token; the first one has none. */
export type AskPage = (token: string | undefined) => AsyncGenerator<Part, void>;

export class AskedPages {
  readonly #ask: AskPage;
  readonly #seen = new Set<string>();
  #page: AskedPage;
  #next: AskedPage | undefined;

  constructor(ask: AskPage) {
    this.#ask = ask;
    this.#page = new AskedPage(ask, undefined);
  }

  /** Of the page that is read. A failure of the one after it surfaces when that is read. */
  parts(): AsyncGenerator<Part, void> {
    return this.#page.parts();
  }

  /**
   * Asks for the next page if the data tell its token. The request is sent before this ends: whoever goes on with the
   * data may keep the event loop busy.
   */
  async lookAhead({ has_more: more, page_token: token }: JsonObject): Promise<void> {
    const isNew = isToken(token) && !this.#seen.has(token) && token !== this.#next?.token;
    if (more !== true || !isNew) return;
    this.#next?.leave();
    this.#next = new AskedPage(this.#ask, token);
    for (let turns = 0; turns < turnsUntilSent; turns += 1) await turn();
  }

  /** Goes on to the next page, whose token is in the data. Throws PageTokenError. */
  advance({ page_token: token }: JsonObject): void {
    if (!isToken(token)) {
      throw new PageTokenError('Lark says that there is more and gives no page token');
    }
    if (this.#seen.has(token)) {
      throw new PageTokenError('Lark gives a page token for the second time');
    }
    this.#seen.add(token);
    const next = this.#next;
    this.#page = next?.token === token ? next : new AskedPage(this.#ask, token);
    this.#next = undefined;
  }

  /** Nothing more is read; what is under way is for the caller to break off. */
  leave(): void {
    this.#page.leave();
    this.#next?.leave();
  }
}

class AskedPage {
  readonly token: string | undefined;
  readonly #parts: AsyncGenerator<Part, void>;
  readonly #first: Promise<IteratorResult<Part, void>>;

  constructor(ask: AskPage, token: string | undefined) {
    this.token = token;
    this.#parts = ask(token);
    this.#first = this.#parts.next();
    this.#first.catch(() => {});
  }

  async *parts(): AsyncGenerator<Part, void> {
    for (let step = await this.#first; step.done !== true; step = await this.#parts.next()) {
      yield step.value;
    }
  }

  leave(): void {
    this.#parts.return().catch(() => {});
  }
}

function isToken(token: Json | undefined): token is string {
  return typeof token === 'string' && token !== '';
}
