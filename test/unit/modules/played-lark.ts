// A tenant in the same process, whose answers take some turns of the event loop, some more than others, and
// which counts how many calls are under way.

import { setImmediate as turn } from 'node:timers/promises';
import { AskedPages } from '../../../src/extract/asked-pages.ts';
import type { JsonObject } from '../../../src/json.ts';
import type { Plan, Replica } from '../../../src/stream.ts';
import type { Call, Endpoint, Lark } from '../../../src/tenant.ts';

export interface Asked {
  readonly endpoint: string;
  readonly call: Call;
}

export type Answer = (endpoint: string, call: Call) => JsonObject;

export class PlayedLark implements Lark {
  readonly asked: Asked[] = [];
  readonly #answer: Answer;
  readonly #turns: (nth: number) => number;
  #underWay = 0;
  /** The most calls that were ever under way at once. */
  most = 0;

  /** The nth call takes so many turns. */
  constructor(answer: Answer, turns: (nth: number) => number = (nth) => 3 + ((nth * 7) % 10)) {
    this.#answer = answer;
    this.#turns = turns;
  }

  async call({ name: endpoint }: Endpoint, call: Call = {}): Promise<JsonObject> {
    this.#underWay += 1;
    this.most = Math.max(this.most, this.#underWay);
    const turns = this.#turns(this.asked.push({ endpoint, call }));
    for (let count = 0; count < turns; count += 1) await turn();
    this.#underWay -= 1;
    return this.#answer(endpoint, call);
  }

  async *pages(endpoint: Endpoint, call: Call = {}): AsyncGenerator<JsonObject, void> {
    const answers = this.call.bind(this);
    const pages = new AskedPages(async function* (token) {
      const query = { ...call.query, ...(token === undefined ? {} : { page_token: token }) };
      yield { data: await answers(endpoint, { ...call, query }) };
    });
    for (;;) {
      for await (const { data } of pages.parts()) {
        await pages.lookAhead(data);
        yield data;
        if (data['has_more'] !== true) return;
        pages.advance(data);
      }
    }
  }

  async now(): Promise<number> {
    return Date.UTC(2026, 0, 1);
  }
}

const nothingLoaded: Replica = {
  rows: () => noRows(),
  known: async () => new Set(),
  cursor: async () => undefined,
};

async function* noRows(): AsyncGenerator<never, void> {}

/** What a stream has at hand with this tenant, an empty warehouse unless given, and nobody to tell. */
export function planWith(lark: Lark, replica: Partial<Replica> = {}): Plan {
  return {
    lark,
    replica: { ...nothingLoaded, ...replica },
    full: false,
    warn: () => {},
    expect: () => {},
  };
}
