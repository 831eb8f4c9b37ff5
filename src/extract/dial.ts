// Connections to the tenant's host: TLS that is always verified, to addresses that were looked at.
// The address that is checked is the one that is called, so that no name can change its mind between.

import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { SourceError } from '../errors.ts';
import { type Reach, reachOf } from './reach.ts';

/** How a name becomes addresses: `lookup` of `node:dns`, save in tests. */
export type Resolve = (
  name: string,
  options: LookupOptions & { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

export interface DialSettings {
  /** For the socket, TLS included, in ms. */
  readonly timeoutMs: number;
  /** The host of the base URL: a loopback one leads to loopback alone, any other never. */
  readonly hostname: string;
  /** The host may lie in a private network. */
  readonly privateNetwork: boolean;
  readonly resolve?: Resolve;
}

/** Makes connections for undici. They fail with SourceError where the host leads astray. */
export function dialer(settings: DialSettings): buildConnector.connector {
  const isPermitted = permission(settings);
  const connect = buildConnector({
    allowH2: false,
    timeout: settings.timeoutMs,
    // As it is by default, unless NODE_TLS_REJECT_UNAUTHORIZED says otherwise.
    rejectUnauthorized: true,
    lookup: checkedLookup(settings),
  });
  return (options, callback) => {
    // An address is connected to without a lookup.
    const address = bare(options.hostname);
    if (isIP(address) === 0 || isPermitted(address)) connect(options, callback);
    else callback(astray(options.hostname, [address]), null);
  };
}

/** Gives what is permitted of the addresses that a name has; fails with SourceError where nothing is. */
export function checkedLookup(settings: Omit<DialSettings, 'timeoutMs'>): LookupFunction {
  const { resolve = lookup } = settings;
  const isPermitted = permission(settings);
  return (name, options, callback) => {
    resolve(name, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, []);
      const good = found.filter(({ address }) => isPermitted(address));
      const [first] = good;
      if (first === undefined) {
        const addresses = found.map(({ address }) => address);
        callback(astray(name, addresses), []);
      } else if (options.all === true) callback(null, good);
      else callback(null, first.address, first.family);
    });
  };
}

function permission({
  hostname,
  privateNetwork,
}: Pick<DialSettings, 'hostname' | 'privateNetwork'>): (address: string) => boolean {
  const isLocal = hostname === 'localhost' || reachOf(bare(hostname)) === 'loopback';
  const beyond: readonly Reach[] = privateNetwork ? ['public', 'private'] : ['public'];
  const permitted: readonly Reach[] = isLocal ? ['loopback'] : beyond;
  return (address) => permitted.includes(reachOf(address));
}

function astray(host: string, addresses: readonly string[]): SourceError {
  const kinds = [...new Set(addresses.map(reachOf))];
  const where = addresses.length === 0 ? 'nowhere' : `${kinds.join(' and ')} addresses`;
  const named = addresses.length === 0 ? '' : ` (${addresses.join(', ')})`;
  return new SourceError(`${host} leads to ${where}${named} and is not called`, {
    hint: kinds.includes('private')
      ? 'check base_url and DNS; if that is a host of your own network, name it in allow_hosts'
      : 'check base_url and DNS: only public addresses are called, loopback where base_url names it, and private ones where allow_hosts names the host',
  });
}

/** An IPv6 address without the brackets that it has in URLs. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
