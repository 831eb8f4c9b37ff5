// How a connection to the warehouse is protected: the server is verified, unless the URL says otherwise.

import type { ConnectionOptions } from 'node:tls';
import { Client, type ClientConfig } from 'pg';
import { ConfigError } from '../errors.ts';

/** False: not at all. */
export type Tls = false | ConnectionOptions;

/** What the URL says of TLS, off loopback also where it says nothing. Throws ConfigError for a file that it names. */
export function tlsOf(url: string): Tls {
  const { ssl }: { readonly ssl: unknown } = parsed(url, { ssl: isFar(url) });
  if (ssl === false) return false;
  // Said in words: what is left out, the environment of the process decides (NODE_TLS_REJECT_UNAUTHORIZED).
  const verifying = { rejectUnauthorized: true };
  if (typeof ssl !== 'object' || ssl === null) return verifying;
  // pg hides the key from whoever copies.
  const key = 'key' in ssl && typeof ssl.key === 'string' ? { key: ssl.key } : {};
  return { ...verifying, ...ssl, ...key };
}

/** The same URL silent about TLS: what it said would go before what is given beside it. */
export function withoutTls(url: string): string {
  const silent = new URL(url);
  const said = ['ssl', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey'];
  if (!said.some((name) => silent.searchParams.has(name))) return url;
  for (const name of said) silent.searchParams.delete(name);
  return silent.href;
}

/** What to tell of a connection that crosses a network unprotected; undefined for any other. */
export function exposureOf(url: string): string | undefined {
  if (!isFar(url) || tlsOf(url) !== false) return undefined;
  const { host, port } = parsed(url);
  return `no TLS to the warehouse at ${host}:${port}: the network between can read and change what is sent. Take sslmode=disable out of warehouse.url; sslrootcert=FILE names an authority of your own.`;
}

function isFar(url: string): boolean {
  const { host } = parsed(url);
  return !host.startsWith('/') && !/^(?:localhost|127\.[\d.]+|\[?::1\]?)$/.test(host);
}

/** pg's reading of the URL, and of the certificates that it names. */
function parsed(url: string, beside: ClientConfig = {}): Client {
  try {
    return new Client({ connectionString: url, ...beside });
  } catch (error) {
    throw unreadable(error);
  }
}

function unreadable(error: unknown): unknown {
  if (!(error instanceof Error && 'path' in error && 'code' in error)) return error;
  const message = `names the file ${error.path} for TLS, which cannot be read (${error.code})`;
  return new ConfigError([{ path: 'warehouse.url', message }]);
}
