/** What one endpoint of the simulated tenant is, and what it is given to answer with. */
import type { App } from './app.ts';
import type { Company } from './company/company.ts';
import type { JsonObject } from './json.ts';
import type { Tier } from './limits.ts';
import type { Tokens } from './tokens.ts';

/** One request on its way to an endpoint. */
export interface Call {
  readonly company: Company;
  readonly app: App;
  readonly tokens: Tokens;
  /** The tenant's time, epoch ms; the whole answer is of this moment. */
  readonly now: number;
  /** Named parts of the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly search: URLSearchParams;
  /** Parsed body; undefined when it was empty. */
  readonly body: unknown;
  /** Set by paging: a further token for the very page being answered. */
  samePage?: string;
}

/** One endpoint. */
export interface Endpoint {
  /** `module.noun.verb`, as the request log and the faults name it. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** Path with `:name` parts, without the `/open-apis` in front. */
  readonly path: string;
  readonly tier: Tier;
  /** HTTP status of 99991400; older endpoints use 400. */
  readonly throttleStatus?: 400 | 429;
  /** Any of these opens it; absent: no token is needed at all. */
  readonly scopes?: readonly string[];
  /** Store apps may not call it. */
  readonly customOnly?: boolean;
  /** Lark's `msg` on success. */
  readonly msg: string;
  /** What stands beside code and msg, or throws a Refusal. */
  answer(call: Call): JsonObject;
}
