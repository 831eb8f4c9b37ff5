// How a source proves who it is: an organisation's own app, or a store app on a tenant's behalf.

import { z } from 'zod';
import { evenWithProblems, mapping, report, secretText, text, textLike } from './fields.ts';

/** An app that the organisation made for itself. */
export interface CustomApp {
  readonly mode: 'custom_app';
  readonly appId: string;
  readonly appSecret: string;
}

/** A store app; `grant` says which credential it starts from. */
export type StoreApp = TicketGrant | AppTokenGrant | TenantTokenGrant;

/** Ticket -> app token -> tenant token: lasts as long as Lark accepts the ticket. */
export interface TicketGrant {
  readonly mode: 'store_app';
  readonly grant: 'app_ticket';
  readonly appId: string;
  readonly appSecret: string;
  readonly tenantKey: string;
  readonly appTicket: string;
}

/** App token -> tenant token: lasts as long as the app token, about two hours. */
export interface AppTokenGrant {
  readonly mode: 'store_app';
  readonly grant: 'app_access_token';
  readonly appId: string;
  readonly appSecret?: string;
  readonly tenantKey: string;
  readonly appAccessToken: string;
}

/** A tenant token made elsewhere: used as it is until it expires, after about two hours. */
export interface TenantTokenGrant {
  readonly mode: 'store_app';
  readonly grant: 'tenant_access_token';
  readonly appId?: string;
  readonly appSecret?: string;
  readonly tenantKey?: string;
  readonly tenantAccessToken: string;
}

export type Auth = CustomApp | StoreApp;

const appId = textLike(/^\S+$/, 'an app id, without blanks', 'App ID of the console: cli_...');
const appSecret = secretText('App Secret of the console. Not to be written in the clear.');

const customApp = mapping({
  mode: z.literal('custom_app'),
  app_id: appId,
  app_secret: appSecret,
}).transform(
  (given): CustomApp => ({
    mode: given.mode,
    appId: given.app_id,
    appSecret: given.app_secret,
  }),
);

const storeAppFields = mapping({
  mode: z.literal('store_app'),
  app_id: appId.optional(),
  app_secret: appSecret.optional(),
  tenant_key: text('The tenant to read: the tenant_key of the installation event.').optional(),
  app_ticket: secretText('The newest ticket that Lark pushed to the app.').optional(),
  app_access_token: secretText('An app token made elsewhere; valid about two hours.').optional(),
  tenant_access_token: secretText(
    'A tenant token made elsewhere; valid about two hours.',
  ).optional(),
});

type StoreAppFields = z.output<typeof storeAppFields>;

const storeApp = storeAppFields
  .superRefine((given, context) => {
    for (const { path, message } of storeAppProblems(given)) report(context, path, message);
  }, evenWithProblems)
  .transform((given, context): StoreApp => {
    const auth = readStoreApp(given);
    if (auth !== undefined) return auth;
    context.addIssue('is incomplete');
    return z.NEVER;
  });

export const authSchema: z.ZodType<Auth> = z
  .discriminatedUnion('mode', [customApp, storeApp])
  .describe('Credentials: mode custom_app (the organisation reads itself) or store_app.');

const needs = {
  app_ticket: ['app_id', 'app_secret', 'tenant_key'],
  app_access_token: ['app_id', 'tenant_key'],
  tenant_access_token: [],
} as const satisfies Readonly<Record<string, readonly (keyof StoreAppFields)[]>>;

const grants = ['app_ticket', 'app_access_token', 'tenant_access_token'] as const;

interface StoreAppProblem {
  readonly path: string[];
  readonly message: string;
}

function storeAppProblems(given: StoreAppFields): StoreAppProblem[] {
  const used = grants.filter((grant) => given[grant] !== undefined);
  const [grant] = used;
  if (grant === undefined) {
    const lacking = needs.app_ticket.filter((key) => given[key] === undefined);
    const also = lacking.length === 0 ? '' : `, and ${lacking.join(', ')}`;
    const message = `is missing one of ${grants.join(', ')}${also}; an organisation that replicates its own tenant normally wants \`mode: custom_app\``;
    return [{ path: [], message }];
  }
  if (used.length > 1) return [{ path: [], message: `must have only one of ${used.join(', ')}` }];
  return needs[grant]
    .filter((key) => given[key] === undefined)
    .map((key) => ({ path: [key], message: `is required beside ${grant}` }));
}

function readStoreApp(given: StoreAppFields): StoreApp | undefined {
  const mode = given.mode;
  const id = given.app_id;
  const secret = given.app_secret;
  const tenantKey = given.tenant_key;
  const appSecret = secret === undefined ? {} : { appSecret: secret };
  if (given.tenant_access_token !== undefined) {
    return {
      mode,
      grant: 'tenant_access_token',
      ...(id === undefined ? {} : { appId: id }),
      ...appSecret,
      ...(tenantKey === undefined ? {} : { tenantKey }),
      tenantAccessToken: given.tenant_access_token,
    };
  }
  if (id === undefined || tenantKey === undefined) return undefined;
  if (given.app_access_token !== undefined) {
    const appAccessToken = given.app_access_token;
    return { mode, grant: 'app_access_token', appId: id, ...appSecret, tenantKey, appAccessToken };
  }
  if (secret === undefined || given.app_ticket === undefined) return undefined;
  const appTicket = given.app_ticket;
  return { mode, grant: 'app_ticket', appId: id, appSecret: secret, tenantKey, appTicket };
}
