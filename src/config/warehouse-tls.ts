// What the URL of a warehouse says of TLS: the check of the server's certificate in full, or no TLS at all.

import { isLoopback } from './hosts.ts';

const verified: readonly string[] = ['allow', 'prefer', 'require', 'verify-ca', 'verify-full'];
const on: readonly string[] = ['1', 'true', 'on', 'yes'];
const off: readonly string[] = ['0', 'false', 'off', 'no', 'disable'];

/** What is wrong with it; undefined: nothing. */
export function tlsFault({ hostname, searchParams }: URL): string | undefined {
  const modes = searchParams.getAll('sslmode');
  const switches = searchParams.getAll('ssl');
  const isBlind =
    modes.includes('no-verify') ||
    switches.includes('no-verify') ||
    searchParams.has('uselibpqcompat');
  if (isBlind) {
    // Through a tunnel, which ends on loopback, the server's name never fits.
    return isLoopback(searchParams.getAll('host').at(-1) ?? hostname) ? undefined : blind;
  }
  if (modes.length + switches.length > 1) return 'must have sslmode once, and no ssl beside it';
  const [mode = 'disable'] = modes;
  const [given = '0'] = switches;
  const isKnown = mode === 'disable' || verified.includes(mode);
  return isKnown && [...on, ...off].includes(given) ? undefined : unknown;
}

const blind =
  "must not switch off the check of the server's certificate (no-verify, uselibpqcompat): name its authority with sslrootcert=FILE, or write sslmode=disable where the network between may read everything";

const unknown = 'must have sslmode=verify-full or sslmode=disable, or leave it out: verify-full';

/** The URL with one word for each of the two; every mode of libpq that asks for TLS verifies the server. */
export function withPlainTls(given: string): string {
  const url = new URL(given);
  const { searchParams } = url;
  const mode = searchParams.get('sslmode');
  const switched = searchParams.get('ssl');
  const isVerified =
    (mode !== null && verified.includes(mode)) || (switched !== null && on.includes(switched));
  const isOff = mode === 'disable' || (switched !== null && off.includes(switched));
  if (!isVerified && !isOff) return given;
  searchParams.delete('ssl');
  searchParams.set('sslmode', isOff ? 'disable' : 'verify-full');
  return url.href;
}
