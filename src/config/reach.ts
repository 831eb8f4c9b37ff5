// How far a host name leads, as far as its text tells: a literal address says it, a name does not.

import { BlockList, isIP } from 'node:net';

export type Reach = 'loopback' | 'private' | 'public';

/** The reach of a host as `URL.hostname` gives it; names other than localhost count as public. */
export function reachOf(hostname: string): Reach {
  if (hostname === 'localhost') return 'loopback';
  const address = hostname.replace(/^\[|\]$/g, '');
  const version = isIP(address);
  if (version === 0) return 'public';
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (loopback[family].check(address, family)) return 'loopback';
  return reserved[family].check(address, family) ? 'private' : 'public';
}

// A list a family, since one list would also match IPv4 addresses with IPv6 networks, and the reverse.
const loopback = {
  ipv4: networks('ipv4', ['127.0.0.0/8']),
  ipv6: networks('ipv6', ['::1/128']),
};

// Private, link-local, shared, test, multicast and unassigned; IPv6 that wraps an IPv4 address.
const reserved = {
  ipv4: networks('ipv4', [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/3',
  ]),
  ipv6: networks('ipv6', [
    '::/8',
    '64:ff9b::/32',
    '100::/64',
    '2001::/23',
    '2001:db8::/32',
    '2002::/16',
    'fc00::/6',
  ]),
};

function networks(family: 'ipv4' | 'ipv6', members: readonly string[]): BlockList {
  const list = new BlockList();
  for (const member of members) {
    const [address = '', bits = ''] = member.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}
