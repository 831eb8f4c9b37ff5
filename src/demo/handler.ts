/** One request from first byte to last: route, fault, gateway, endpoint, answer, log. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Answer, Fault, FaultQueue } from './faults.ts';
import { Refusal } from './refusal.ts';
import type { Requests } from './requests.ts';
import { attempt, type RespondSite, respond } from './respond.ts';
import { findRoute } from './routes.ts';

/** What the handler works with; it lives as long as the tenant. */
export interface Site extends RespondSite {
  readonly faults: FaultQueue;
  readonly now: () => number;
  readonly requests: Requests;
}

const NO_ROUTE = 'unknown';
const MAX_BODY = 4_000_000;

/** The request listener of a tenant. */
export function makeHandler(site: Site): RequestListener {
  const previous = new Map<string, Answer>();
  return (request, response) => {
    serve(site, previous, request, response).catch((error: unknown) => {
      if (!response.destroyed) process.emitWarning(error instanceof Error ? error : String(error));
      response.destroy();
    });
  };
}

async function serve(
  site: Site,
  previous: Map<string, Answer>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://tenant');
  const route = attempt(() => findRoute(request.method ?? 'GET', url.pathname));
  const name = route instanceof Refusal ? NO_ROUTE : route.endpoint.name;
  const fault = site.faults.take(name);
  const text = await readBody(request);
  const pageToken = url.searchParams.get('page_token') ?? undefined;
  const scene = { app: site.app, tokens: site.tokens, pageToken };
  await fault?.before?.({ ...scene, samePage: undefined, previous: previous.get(name) });
  const { authorization } = request.headers;
  const logId = randomBytes(16).toString('hex');
  const now = site.now();
  const { plain, samePage } = fault?.instead
    ? { plain: fault.instead(), samePage: undefined }
    : respond(site, route, { url, text, logId, now, authorization });
  const answer =
    fault?.rewrite?.(plain, { ...scene, samePage, previous: previous.get(name) }) ?? plain;
  previous.set(name, plain);
  log(site, request, name, answer);
  response.setHeader('Date', new Date(now).toUTCString());
  response.setHeader('X-Tt-Logid', logId);
  await send(response, answer, fault);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    const bytes = Buffer.from(piece);
    size += bytes.length;
    if (size > MAX_BODY) throw new RangeError('request body too large');
    pieces.push(bytes);
  }
  return Buffer.concat(pieces).toString();
}

function log(site: Site, request: IncomingMessage, endpoint: string, answer: Answer): void {
  const [, digits] = /^\{"code":(\d+)/.exec(answer.body.toString('latin1', 0, 64)) ?? [];
  const code = digits === undefined ? undefined : Number(digits);
  site.requests.add({
    endpoint,
    method: request.method ?? '',
    url: request.url ?? '',
    status: answer.status,
    code,
    throttled: code === 99991400,
    at: performance.now(),
  });
}

async function send(
  response: ServerResponse,
  answer: Answer,
  fault: Fault | undefined,
): Promise<void> {
  if (fault?.send) return fault.send(response, answer);
  response.writeHead(answer.status, { ...answer.headers, 'Content-Length': answer.body.length });
  response.end(answer.body);
}
