// Which hosts larkhouse talks to, and in what form a configuration names them. Where a name leads is
// looked at when it is resolved (extract/reach.ts): only then is it known.

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
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return 'must begin with https://: plain http is for loopback only';
  }
  return undefined;
}

/** True for this machine, as `URL.hostname` writes it. */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

/** True for what `allow_hosts` may hold: a host name or address, without scheme or port. */
export function isHost(host: string): boolean {
  const name = host.replace(/^\[[\da-f:]+\]$/i, '');
  return !/[/?#@:\s]/.test(name) && baseUrlFault(`https://${host}`) === undefined;
}

/** True for a well-formed base URL whose host `allow_hosts` names. */
export function isNamed(baseUrl: string, allowHosts: readonly unknown[]): boolean {
  const { hostname } = new URL(baseUrl);
  return allowHosts.some((host) => typeof host === 'string' && host.toLowerCase() === hostname);
}

/** True for a well-formed base URL that may be called: the platform's own, loopback, or a named one. */
export function isAllowed(
  baseUrl: string,
  platform: Platform,
  allowHosts: readonly unknown[],
): boolean {
  const { hostname } = new URL(baseUrl);
  const isOwn = hostname === platformHosts[platform];
  return isOwn || isLoopback(hostname) || isNamed(baseUrl, allowHosts);
}

function writtenHost(text: string): string {
  const authority = /^https?:\/\/([^/?#]*)/i.exec(text)?.[1] ?? '';
  return authority.replace(/:\d*$/, '').toLowerCase();
}
