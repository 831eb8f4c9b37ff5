// A tenant on loopback that answers as a test tells it, and a connection to it.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { TestContext } from 'node:test';
import { type Connection, connect } from '../../../src/extract/connect.ts';
import type { ConnectionSettings } from '../../../src/extract/settings.ts';
import type { Endpoint, Lark } from '../../../src/tenant.ts';
import { HastyClock } from './hasty-clock.ts';
import { Tally } from './tally.ts';

/** A request as it came. */
export interface Seen {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Reply = (response: ServerResponse, seen: Seen) => void;

/** Serves until the test ends; `seen` fills with what was asked. */
export async function serve(
  t: TestContext,
  reply: Reply,
): Promise<{ readonly url: string; readonly seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() };
      seen.push(one);
      reply(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, seen };
}

/** Answers with JSON. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
  };
}

/** A success with this `data`. */
export function ok(data: unknown): Reply {
  return json({ code: 0, msg: 'success', data });
}

export interface Tenant {
  readonly url: string;
  readonly connection: Connection;
  readonly lark: Lark;
  readonly clock: HastyClock;
  readonly tally: Tally;
  /** Business requests alone. */
  readonly asked: Seen[];
  /** Requests to the token endpoints. */
  readonly signIns: Seen[];
}

const customApp = { mode: 'custom_app', appId: 'cli_a', appSecret: 's3cret-of-app' } as const;

/** A connection to a tenant that hands out tokens and answers business requests one reply after the other. */
export async function tenant(
  t: TestContext,
  replies: readonly Reply[] | Reply,
  settings: Partial<ConnectionSettings> & {
    readonly token?: Reply;
    readonly signal?: AbortSignal;
  } = {},
): Promise<Tenant> {
  const { token, signal = new AbortController().signal, ...rest } = settings;
  const asked: Seen[] = [];
  const signIns: Seen[] = [];
  const { url } = await serve(t, (response, seen) => {
    if (seen.url.startsWith('/open-apis/auth/')) {
      signIns.push(seen);
      (token ?? granted(`t-token-${signIns.length}`))(response, seen);
      return;
    }
    asked.push(seen);
    const reply = typeof replies === 'function' ? replies : replies[asked.length - 1];
    (reply ?? json({ code: 1, msg: 'more requests than replies' }, 400))(response, seen);
  });
  const clock = new HastyClock();
  const connection = connect({ source: 'acme', baseUrl: url, auth: customApp, ...rest }, clock);
  t.after(() => connection.close());
  const tally = new Tally();
  return { url, connection, lark: connection.lark(tally, signal), clock, tally, asked, signIns };
}

/** A token with this lifetime in s. */
export function granted(value: string, expire = 7200): Reply {
  return json({ code: 0, msg: 'ok', tenant_access_token: value, expire });
}

/** An endpoint without a limit to wait for, but for what is given. */
export function endpoint(given: Partial<Endpoint> = {}): Endpoint {
  return {
    name: 'things.list',
    method: 'GET',
    path: '/open-apis/things/v1/things',
    windows: [],
    scopes: ['things:read'],
    metered: true,
    ...given,
  };
}

/** A list endpoint. */
export const listEndpoint: Endpoint = endpoint({ items: 'items', pageSize: 50 });

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
}
