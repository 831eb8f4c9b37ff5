/** A bare client of the simulated tenant for its unit tests: one token, plain fetch, nothing clever. */
import assert from 'node:assert/strict';
import type { Tenant } from '../../../src/demo/server.ts';

/** An answer as it came. */
export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly code: unknown;
  readonly msg: unknown;
  readonly data: Record<string, unknown>;
  readonly body: Record<string, unknown>;
}

/** Calls to one tenant with a bearer token. */
export interface Client {
  get(path: string): Promise<Got>;
  post(path: string, body: unknown): Promise<Got>;
}

/** Paths are without `/open-apis`. `token` replaces the one that is fetched first. */
export async function connect(tenant: Tenant, token?: string): Promise<Client> {
  const bearer = token ?? (await fetchToken(tenant));
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
  return {
    get: (path) => send(tenant, path, { headers }),
    post: (path, body) =>
      send(tenant, path, { method: 'POST', headers, body: JSON.stringify(body) }),
  };
}

/** Sends one request. */
export async function send(tenant: Tenant, path: string, init: RequestInit = {}): Promise<Got> {
  const response = await fetch(`${tenant.url}/open-apis${path}`, init);
  const text = await response.text();
  const body = asObject(JSON.parse(text));
  const { status, headers } = response;
  const { code, msg } = { code: body['code'], msg: body['msg'] };
  return { status, headers, text, code, msg, body, data: asObject(body['data'] ?? {}) };
}

/** A tenant token of the tenant's own app. */
export async function fetchToken(tenant: Tenant): Promise<string> {
  const { app_id, app_secret } = tenant.app;
  const got = await send(tenant, '/auth/v3/tenant_access_token/internal', {
    method: 'POST',
    body: JSON.stringify({ app_id, app_secret }),
  });
  return String(got.body['tenant_access_token']);
}

/** `value` as an object; fails the test otherwise. */
export function asObject(value: unknown): Record<string, unknown> {
  assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value));
  return { ...value };
}

/** `value` as a list of objects; an absent list counts as empty. */
export function asList(value: unknown): Record<string, unknown>[] {
  assert.ok(value === undefined || Array.isArray(value));
  return (value ?? []).map(asObject);
}
