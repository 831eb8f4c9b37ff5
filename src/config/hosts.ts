// Which hosts larkhouse talks to, and in what form a configuration names them.

import { reachOf } from './reach.ts';

export type Platform = 'lark' | 'feishu';

/** The Open Platform's host of each platform. */
export const platformHosts: Readonly<Record<Platform, string>> = {
  lark: 'open.larksuite.com',
  feishu: 'open.feishu.cn',
};

/** What is wrong with the form of a base URL, whatever the platform; undefined when it is well formed. */
export function baseUrlFault(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || /[^\x21-\x7e]|\\/.test(text)) return 'must be a URL, https://host';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https://';
  if (url.username !== '' || url.password !== '') return 'must not hold credentials';
  if (url.pathname !== '/') return 'must not have a path';
  if (/[?#]/.test(text)) return 'must not have a query or a fragment';
  // Decimal, octal, short and percent-encoded forms of an address resolve elsewhere than they read.
  if (writtenHost(text) !== url.hostname) return 'must name its host in the plain form';
  const reach = reachOf(url.hostname);
  if (reach === 'private') return 'must not lead to a private or reserved address';
  if (url.protocol === 'http:' && reach !== 'loopback') {
    return 'must begin with https://: plain http is for loopback only';
  }
  return undefined;
}

/** True for what `allow_hosts` may hold: a public host name or address, without scheme or port. */
export function isPublicHost(host: string): boolean {
  const name = host.replace(/^\[[\da-f:]+\]$/i, '');
  return !/[/?#@:\s]/.test(name) && baseUrlFault(`https://${host}`) === undefined;
}

/** True for a well-formed base URL that may be called: the platform's own, loopback, or an allowed one. */
export function isAllowed(
  baseUrl: string,
  platform: Platform,
  allowHosts: readonly unknown[],
): boolean {
  const { hostname } = new URL(baseUrl);
  return (
    hostname === platformHosts[platform] ||
    reachOf(hostname) === 'loopback' ||
    allowHosts.some((host) => typeof host === 'string' && host.toLowerCase() === hostname)
  );
}

function writtenHost(text: string): string {
  const authority = /^https?:\/\/([^/?#]*)/i.exec(text)?.[1] ?? '';
  return authority.replace(/:\d*$/, '').toLowerCase();
}
