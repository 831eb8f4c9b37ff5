/** From a routed request to its answer: gateway, endpoint, envelope. */
import type { App } from './app.ts';
import type { Company } from './company/company.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { type Answer, jsonAnswer } from './faults.ts';
import { admit } from './gateway.ts';
import { isObject, type JsonObject } from './json.ts';
import type { Limits } from './limits.ts';
import { Refusal } from './refusal.ts';
import type { Route } from './routes.ts';
import type { Tokens } from './tokens.ts';

/** What answering needs of the tenant. */
export interface RespondSite {
  readonly app: App;
  readonly company: Company;
  readonly limits: Limits | undefined;
  readonly tokens: Tokens;
}

/** One request as it came in. */
export interface Asked {
  readonly url: URL;
  readonly text: string;
  readonly authorization: string | undefined;
  readonly logId: string;
  readonly now: number;
}

/** An answer, and another token for the page that it holds, if the endpoint pages. */
export interface Responded {
  readonly plain: Answer;
  readonly samePage: string | undefined;
}

/** Answers a request that no fault has answered. */
export function respond(site: RespondSite, route: Route | Refusal, asked: Asked): Responded {
  if (route instanceof Refusal) return { plain: refused(route, asked.logId), samePage: undefined };
  const { endpoint, path } = route;
  const call: Call = {
    company: site.company,
    app: site.app,
    tokens: site.tokens,
    now: asked.now,
    path,
    search: asked.url.searchParams,
    body: parseBody(asked.text),
  };
  const given = attempt(() => {
    admit(call, endpoint, asked.authorization, site.limits);
    return answered(endpoint, call);
  });
  const plain = given instanceof Refusal ? refused(given, asked.logId) : given;
  return { plain, samePage: call.samePage };
}

function answered(endpoint: Endpoint, call: Call): Answer {
  return jsonAnswer(200, { code: 0, msg: endpoint.msg, ...endpoint.answer(call) });
}

function refused(refusal: Refusal, logId: string): Answer {
  const given = refusal.extra['error'];
  const troubleshooter = `排查建议查看(Troubleshooting suggestions): log_id=${logId}&code=${refusal.code}`;
  const error: JsonObject = { ...(isObject(given) ? given : {}), log_id: logId, troubleshooter };
  const body = { code: refusal.code, msg: refusal.message, ...refusal.extra, error };
  const plain = jsonAnswer(refusal.status, body);
  return { ...plain, headers: { ...plain.headers, ...refusal.headers } };
}

/** The result of `work`, or the Refusal that it threw. */
export function attempt<T>(work: () => T): T | Refusal {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** Malformed JSON is kept as text, which no endpoint takes for an object. */
function parseBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
