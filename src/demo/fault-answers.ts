/** Faults in what is answered: errors, throttling, permissions and pages that mislead. */
import { type Answer, type Fault, jsonAnswer, type Scene } from './faults.ts';
import { isObject, type JsonObject } from './json.ts';

/** Answers exactly this. `body` is text, or an object sent as JSON. */
export function answer(
  status: number,
  body: string | JsonObject,
  headers: Readonly<Record<string, string>> = {},
): Fault {
  const instead = (): Answer => {
    if (typeof body === 'string') return { status, headers, body: Buffer.from(body) };
    const plain = jsonAnswer(status, body);
    return { ...plain, headers: { ...plain.headers, ...headers } };
  };
  return { instead };
}

/** Answers a Lark error. */
export function refuse(status: number, code: number, msg: string): Fault {
  return answer(status, { code, msg, data: {} });
}

/** Answers 99991400; `reset` is the header's text, or undefined for no header. */
export function throttle(status: 400 | 429, reset?: string): Fault {
  const headers = reset === undefined ? {} : { 'x-ogw-ratelimit-reset': reset };
  const body = { code: 99991400, msg: 'request trigger frequency limit' };
  return answer(status, body, { 'x-ogw-ratelimit-limit': '50', ...headers });
}

/** Answers a gateway's HTML page. */
export function gateway(status: 200 | 502 | 504 = 502): Fault {
  const page = `<html><head><title>${status} Bad Gateway</title></head><body>gateway</body></html>\n`;
  return answer(status, page, { 'Content-Type': 'text/html' });
}

/** Gives the answer another Date than that of the tenant's clock. */
export function dated(date: string): Fault {
  return { rewrite: (old) => ({ ...old, headers: { ...old.headers, Date: date } }) };
}

/** Ends all tokens just before this request. */
export function expireTokens(): Fault {
  return { before: ({ tokens }) => tokens.expireAll() };
}

/** Takes a scope from the app just before this request. */
export function revokeScope(scope: string): Fault {
  return {
    before({ app }) {
      app.scopes.delete(scope);
    },
  };
}

/** Runs `change` just before this request is answered: the tenant moves while it is being read. */
export function meanwhile(change: () => void | Promise<void>): Fault {
  return { before: change };
}

/** Gives the endpoint's previous answer again in place of this one. */
export function repeatPage(): Fault {
  return { rewrite: (now, { previous }) => previous ?? now };
}

/** Gives the last `count` items of the page before once more, in front of its own. */
export function overlap(count: number): Fault {
  return page((data, { previous }) => {
    const before = previous === undefined ? [] : itemsOf(dataOf(previous));
    return { ...data, items: [...before.slice(-count), ...itemsOf(data)] };
  });
}

/** Says that there is more, but not where. */
export function moreWithoutToken(): Fault {
  return page(({ page_token: _, ...data }) => ({ ...data, has_more: true }));
}

/** An empty page that has more: its token leads to what this page should have held. */
export function emptyPage(): Fault {
  return page((data, { samePage }) => ({
    ...Object.fromEntries(
      Object.entries(data).map(([name, value]) => [name, Array.isArray(value) ? [] : value]),
    ),
    has_more: true,
    page_token: samePage,
  }));
}

/** Names as the next page the very page that was asked for. */
export function loopingToken(): Fault {
  return page((data, { pageToken, samePage }) => ({
    ...data,
    has_more: true,
    page_token: pageToken ?? samePage,
  }));
}

function page(change: (data: JsonObject, scene: Scene) => JsonObject): Fault {
  return {
    rewrite(old, scene) {
      const parsed: unknown = JSON.parse(old.body.toString());
      if (!isObject(parsed) || !isObject(parsed['data'])) return old;
      const body = JSON.stringify({ ...parsed, data: change(parsed['data'], scene) });
      return { ...old, body: Buffer.from(body) };
    },
  };
}

function dataOf({ body }: Answer): JsonObject {
  const parsed: unknown = JSON.parse(body.toString());
  const data = isObject(parsed) ? parsed['data'] : undefined;
  return isObject(data) ? data : {};
}

function itemsOf({ items }: JsonObject): readonly unknown[] {
  return Array.isArray(items) ? items : [];
}
