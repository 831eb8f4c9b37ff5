// How far an IP address leads. What is in no list of the world's public addresses counts as reserved.

import { BlockList, isIP } from 'node:net';

/** `private`: a network of one's own. `reserved`: what no tenant can be at, like link-local addresses. */
export type Reach = (typeof reaches)[number];

// Those of narrower networks come before those that hold them.
const reaches = ['loopback', 'private', 'reserved', 'public'] as const;

/** The reach of an address as resolvers give it. */
export function reachOf(address: string): Reach {
  switch (isIP(address)) {
    case 4:
      return reachIn(ipv4, address, 'ipv4');
    case 6:
      return ofIpv6(address);
    default:
      return 'reserved';
  }
}

function ofIpv6(address: string): Reach {
  // A zone (fe80::1%eth0) belongs to link-local addresses alone.
  if (address.includes('%')) return 'reserved';
  return reachIn(translated.check(address, 'ipv6') ? nat64 : ipv6, address, 'ipv6');
}

type Networks = Readonly<Record<Reach, BlockList>>;

function reachIn(networks: Networks, address: string, family: 'ipv4' | 'ipv6'): Reach {
  return reaches.find((reach) => networks[reach].check(address, family)) ?? 'reserved';
}

const ipv4Members: Readonly<Record<Reach, readonly string[]>> = {
  loopback: ['127.0.0.0/8'],
  private: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'],
  reserved: [
    '0.0.0.0/8',
    // Link-local, with the metadata services of clouds.
    '169.254.0.0/16',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    // Multicast, and what nobody has been given.
    '224.0.0.0/3',
  ],
  public: ['0.0.0.0/0'],
};

const ipv6Members: Readonly<Record<Reach, readonly string[]>> = {
  loopback: ['::1/128'],
  private: ['fc00::/7'],
  // Teredo and 6to4 wrap an IPv4 address.
  reserved: ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
  public: ['2000::/3'],
};

/** Where a network has IPv6 alone, its resolver gives IPv4 addresses behind this prefix. */
const translation = '64:ff9b::';
const translated: BlockList = listOf('ipv6', [`${translation}/96`]);

const ipv4: Networks = networks('ipv4', ipv4Members);
const ipv6: Networks = networks('ipv6', ipv6Members);
const nat64: Networks = networks('ipv6', {
  // Loopback of the translator, not of this machine.
  loopback: [],
  private: ipv4Members.private.map(translatedTo),
  reserved: [...ipv4Members.reserved, ...ipv4Members.loopback].map(translatedTo),
  public: ipv4Members.public.map(translatedTo),
});

function translatedTo(member: string): string {
  const [address = '', bits = ''] = member.split('/');
  return `${translation}${address}/${96 + Number(bits)}`;
}

function networks(
  family: 'ipv4' | 'ipv6',
  members: Readonly<Record<Reach, readonly string[]>>,
): Networks {
  return {
    loopback: listOf(family, members.loopback),
    private: listOf(family, members.private),
    reserved: listOf(family, members.reserved),
    public: listOf(family, members.public),
  };
}

// A list a family, since one list would also match IPv4 addresses with IPv6 networks, and the reverse.
function listOf(family: 'ipv4' | 'ipv6', members: readonly string[]): BlockList {
  const list = new BlockList();
  for (const member of members) {
    const [address = '', bits = ''] = member.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}
