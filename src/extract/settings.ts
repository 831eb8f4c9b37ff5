// What a connection to a tenant needs to know.

/** A custom app, or a store app with the most that is known of it: ticket, app token or tenant token. */
export type Auth =
  | { readonly mode: 'custom_app'; readonly appId: string; readonly appSecret: string }
  | {
      readonly mode: 'store_app';
      readonly appId: string;
      readonly appSecret: string;
      readonly tenantKey: string;
      readonly appTicket: string;
    }
  | { readonly mode: 'store_app'; readonly tenantKey: string; readonly appAccessToken: string }
  | { readonly mode: 'store_app'; readonly tenantAccessToken: string };

/** How long to wait before a request counts as failed, in ms. */
export interface Timeouts {
  /** For the socket, TLS included. Default 10,000. */
  readonly connect: number;
  /** For the first byte of the answer. Default 90,000: Lark's gateway itself gives up after about 60 s. */
  readonly headers: number;
  /** Between two pieces of the body. Default 30,000. */
  readonly idle: number;
  /** For the whole answer, without the time its reader takes. Default 300,000. */
  readonly total: number;
  /** Without one answer of an endpoint other than "slow down". Default 600,000. */
  readonly throttled: number;
}

export interface ConnectionSettings {
  /** The source's name, for error messages. */
  readonly source: string;
  /** https://open.larksuite.com or https://open.feishu.cn, without the `/open-apis`. */
  readonly baseUrl: string;
  /** The host may lie in a private network. Default: it must be public or, by its name, loopback. */
  readonly privateNetwork?: boolean;
  readonly auth: Auth;
  /** Told every access token before it is used, so that nobody prints it. */
  readonly hide?: (secrets: readonly string[]) => void;
  readonly timeouts?: Partial<Timeouts>;
  /** The largest answer taken, in bytes after decompression. Default 256 MiB. */
  readonly maxBodyBytes?: number;
  /** Larger lists are read as a stream, in parts. Default 4 MiB. */
  readonly largeBodyBytes?: number;
  /** Of larkhouse, for the User-Agent. */
  readonly version?: string;
}

export const defaultTimeouts: Timeouts = {
  connect: 10_000,
  headers: 90_000,
  idle: 30_000,
  total: 300_000,
  throttled: 600_000,
};

/** What must never appear in a message. */
export function secretsOf(auth: Auth): readonly string[] {
  if ('appTicket' in auth) return [auth.appSecret, auth.appTicket];
  if ('appAccessToken' in auth) return [auth.appAccessToken];
  return 'tenantAccessToken' in auth ? [auth.tenantAccessToken] : [auth.appSecret];
}
