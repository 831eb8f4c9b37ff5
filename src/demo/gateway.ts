/** The tenant's gateway: token, scope and rate limit in front of every endpoint. */
import type { Call, Endpoint } from './endpoint.ts';
import type { Limits } from './limits.ts';
import { Refusal, scopeMissing } from './refusal.ts';

/** Throws a Refusal unless this bearer may call this endpoint now. */
export function admit(
  call: Call,
  endpoint: Endpoint,
  authorization: string | undefined,
  limits: Limits | undefined,
): void {
  if (endpoint.scopes) checkToken(call, authorization);
  const excess = limits?.admit(endpoint.name, endpoint.tier);
  if (excess) {
    const status = endpoint.throttleStatus ?? 429;
    throw new Refusal(
      status,
      99991400,
      'request trigger frequency limit',
      {},
      {
        'x-ogw-ratelimit-limit': String(excess.limit),
        'x-ogw-ratelimit-reset': String(excess.resetSeconds),
      },
    );
  }
  if (endpoint.customOnly && call.app.app_type !== 'custom') {
    throw new Refusal(400, 99991676, 'token lacks permission');
  }
  if (endpoint.scopes && !endpoint.scopes.some((scope) => call.app.scopes.has(scope))) {
    throw scopeMissing(endpoint.scopes);
  }
}

function checkToken({ app, tokens }: Call, authorization: string | undefined): void {
  const [, token] = /^Bearer\s+(\S+)$/.exec(authorization ?? '') ?? [];
  if (!token) throw new Refusal(400, 99991661, 'Missing access token for authorization');
  if (token.startsWith('u-') || token.startsWith('eyJ')) {
    throw new Refusal(400, 99991668, 'Invalid access token for authorization: user token');
  }
  if (!token.startsWith('t-')) {
    throw new Refusal(400, 99991671, 'Invalid access token: it must start with t- or u-');
  }
  if (!tokens.valid('tenant', token)) {
    const msg =
      'Invalid access token for authorization. Please make a request with token attached.';
    throw new Refusal(app.bad_token_status, 99991663, msg);
  }
}
