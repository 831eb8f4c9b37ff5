// A listing from its first page to the one that says there is no more; nothing else ends it.

import { PageTokenError, SourceError, TransientError } from '../errors.ts';
import { isArray, type JsonObject } from '../json.ts';
import type { Call, Endpoint } from '../tenant.ts';
import { AskedPages } from './asked-pages.ts';
import type { Part } from './exchange.ts';
import { retold } from './retold.ts';

/** The answer to a call as its parts; the last one must pass the check. */
export type Ask = (call: Call, check: (data: JsonObject) => void) => AsyncGenerator<Part, void>;

const mostRestarts = 2;
const mostEmptyPages = 1000;
const advice = 'run it again later; if it stays, ask the support of Lark with the log id';

/**
 * The `data` of every page. When Lark refuses or garbles a page token the listing starts again,
 * twice at most: pages are then given anew, and whoever reads them must take them twice.
 */
export async function* listing(
  endpoint: Endpoint,
  call: Call,
  ask: Ask,
): AsyncGenerator<JsonObject, void> {
  if (endpoint.pageSize === undefined) {
    for await (const { data } of ask(call, () => {})) yield data;
    return;
  }
  const query = { page_size: endpoint.pageSize, ...call.query };
  for (let restarts = 0; ; restarts += 1) {
    try {
      return yield* pagesOf({ ...call, query }, ask);
    } catch (error) {
      if (!(error instanceof PageTokenError)) throw error;
      if (restarts === mostRestarts) throw givenUp(error);
    }
  }
}

async function* pagesOf(first: Call, ask: Ask): AsyncGenerator<JsonObject, void> {
  const pages = new AskedPages((page_token) =>
    ask({ ...first, query: { ...first.query, page_token } }, saysWhetherMore),
  );
  let emptyPages = 0;
  try {
    for (;;) {
      let empty = true;
      let last: JsonObject = {};
      for await (const { data, isGlance = false } of pages.parts()) {
        await pages.lookAhead(data);
        if (isGlance) continue;
        last = data;
        empty &&= isEmpty(data);
        yield data;
      }
      if (last['has_more'] !== true) return;
      emptyPages = empty ? emptyPages + 1 : 0;
      if (emptyPages > mostEmptyPages) {
        throw new PageTokenError(`Lark gives more than ${mostEmptyPages} empty pages in a row`);
      }
      pages.advance(last);
    }
  } finally {
    pages.leave();
  }
}

function saysWhetherMore({ has_more }: JsonObject): void {
  if (typeof has_more !== 'boolean') {
    throw new TransientError('Lark answered with a page that does not say whether there is more');
  }
}

function isEmpty(part: JsonObject): boolean {
  return Object.values(part).every((value) => !isArray(value) || value.length === 0);
}

function givenUp(error: PageTokenError): SourceError {
  const message = `${error.message} (the listing was started ${mostRestarts + 1} times)`;
  return new SourceError(message, retold(error, advice));
}
