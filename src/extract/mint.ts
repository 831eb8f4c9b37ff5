// How an app gets its tenant access token: from its secret, its ticket, its app token, or not at all.

import { AuthError, TransientError } from '../errors.ts';
import { isRawNumber, type JsonObject } from '../json.ts';
import type { Auth } from './settings.ts';
import type { Minted } from './token.ts';

/** Posts to a token endpoint until `take` finds what it looks for in the envelope of a success. */
export type Post = <T>(
  endpoint: { readonly name: string; readonly path: string },
  body: Readonly<Record<string, string>>,
  take: (envelope: JsonObject) => T,
) => Promise<T>;

const tokens = '/open-apis/auth/v3';
const expired =
  'give a new one in the configuration, or an app_ticket, from which tokens can be renewed';

/** Asks for a token. Rejects with AuthError and the errors of `post`. */
export function minting(auth: Auth, post: Post): () => Promise<Minted> {
  const fetched = (
    kind: 'tenant' | 'app',
    variant: '' | '/internal',
    body: Readonly<Record<string, string>>,
  ): Promise<Minted> => {
    const field = `${kind}_access_token`;
    const endpoint = { name: `auth.${field}`, path: `${tokens}/${field}${variant}` };
    return post(endpoint, body, (envelope) => mintedFrom(envelope, field));
  };
  const tenantToken = (appToken: string, tenantKey: string): Promise<Minted> =>
    fetched('tenant', '', { app_access_token: appToken, tenant_key: tenantKey });

  if (auth.mode === 'custom_app') {
    const body = { app_id: auth.appId, app_secret: auth.appSecret };
    return () => fetched('tenant', '/internal', body);
  }
  if ('appTicket' in auth) {
    const { appId, appSecret, appTicket, tenantKey } = auth;
    const body = { app_id: appId, app_secret: appSecret, app_ticket: appTicket };
    return async () => tenantToken((await fetched('app', '', body)).value, tenantKey);
  }
  if ('appAccessToken' in auth) return () => tenantToken(auth.appAccessToken, auth.tenantKey);
  return given(auth.tenantAccessToken);
}

/** A token that was made elsewhere: good until it is refused. */
function given(value: string): () => Promise<Minted> {
  let used = false;
  return async () => {
    if (used) {
      throw new AuthError('the configured tenant_access_token is refused and cannot be renewed', {
        hint: expired,
      });
    }
    used = true;
    return { value, lifetimeMs: Number.POSITIVE_INFINITY };
  };
}

function mintedFrom(envelope: JsonObject, field: string): Minted {
  const value = envelope[field];
  const expire = envelope['expire'];
  const seconds = isRawNumber(expire) ? Number(expire.rawJSON) : expire;
  const usable = typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
  if (!usable || typeof seconds !== 'number' || !(seconds > 0)) {
    throw new TransientError('Lark answered with a success without a usable token');
  }
  return { value, lifetimeMs: seconds * 1000 };
}
