/** The token endpoints: tokens for custom apps by secret, for store apps by ticket. */
import type { App } from '../app.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { isObject, type JsonObject } from '../json.ts';
import { UNLIMITED } from '../limits.ts';
import { Refusal } from '../refusal.ts';

const LIFE = 7200;
const STORE_LIFE = 7140;

function post(name: string, path: string, msg: string, answer: Endpoint['answer']): Endpoint {
  return {
    name: `auth.${name}`,
    method: 'POST',
    path: `/auth/v3/${path}`,
    tier: UNLIMITED,
    msg,
    answer,
  };
}

function field(body: unknown, name: string): string {
  const value = isObject(body) ? body[name] : undefined;
  if (typeof value !== 'string' || value === '') throw new Refusal(400, 10003, 'invalid param');
  return value;
}

function checkSecret({ app, body }: Call, type: App['app_type']): void {
  if (field(body, 'app_id') !== app.app_id) throw new Refusal(400, 10003, 'invalid param');
  if (field(body, 'app_secret') !== app.app_secret) {
    throw new Refusal(400, 10014, 'app secret invalid');
  }
  if (app.app_type !== type) throw new Refusal(400, 10005, 'app id unauthorised');
}

function custom(call: Call): JsonObject {
  checkSecret(call, 'custom');
  const { token, expire } = call.tokens.issue('tenant', LIFE);
  return { tenant_access_token: token, expire };
}

function storeApp(call: Call): JsonObject {
  checkSecret(call, 'store');
  if (field(call.body, 'app_ticket') !== call.app.app_ticket) {
    throw new Refusal(400, 10012, 'app ticket invalid');
  }
  const { token, expire } = call.tokens.issue('app', STORE_LIFE);
  return { app_access_token: token, expire };
}

function storeTenant(call: Call): JsonObject {
  if (!call.tokens.valid('app', field(call.body, 'app_access_token'))) {
    throw new Refusal(400, 10012, 'app access token invalid');
  }
  if (field(call.body, 'tenant_key') !== call.app.tenant_key) {
    throw new Refusal(400, 10013, 'get tenant access token fail');
  }
  const { token, expire } = call.tokens.issue('tenant', STORE_LIFE);
  return { tenant_access_token: token, expire };
}

function resend(call: Call): JsonObject {
  if (call.app.app_type === 'custom') throw new Refusal(400, 10016, 'app ticket resend failed');
  checkSecret(call, 'store');
  return {};
}

/** Token endpoints; what they answer stands beside `code`, not under `data`. */
export const auth: readonly Endpoint[] = [
  post('tenant_access_token.internal', 'tenant_access_token/internal', 'ok', custom),
  post('app_access_token.internal', 'app_access_token/internal', 'ok', (call) => {
    const given = custom(call);
    return { ...given, app_access_token: given['tenant_access_token'] };
  }),
  post('app_access_token', 'app_access_token', 'success', storeApp),
  post('tenant_access_token', 'tenant_access_token', 'success', storeTenant),
  post('app_ticket.resend', 'app_ticket/resend', 'success', resend),
];
