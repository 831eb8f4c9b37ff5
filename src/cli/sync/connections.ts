// Connections to the tenants of sources: sources that read one tenant by one app share theirs, since
// Lark counts calls and hands out tokens by app and tenant.

import type { Source as SourceSettings } from '../../config/source.ts';
import { type Connection, connect } from '../../extract/connect.ts';
import type { Source } from '../../run.ts';
import type { Cleanup } from '../cleanup.ts';
import type { Scrubber } from '../scrub.ts';
import { version } from '../version.ts';

type Lark = Source['lark'];

/** How each source sees its tenant, by its name. Sends nothing yet. */
export function connectSources(
  sources: readonly SourceSettings[],
  cleanup: Cleanup,
  scrubber: Scrubber,
): ReadonlyMap<string, Lark> {
  const larks = new Map<string, Lark>();
  for (const group of Map.groupBy(sources, accessOf).values()) {
    const [first] = group;
    if (first === undefined) continue;
    const source = group.map(({ name }) => name).join(' and ');
    const privateNetwork = group.every((one) => one.privateNetwork);
    const connection = connectTenant({ ...first, name: source, privateNetwork }, scrubber);
    cleanup.add(() => connection.close());
    for (const { name } of group) larks.set(name, (meter, end) => connection.lark(meter, end));
  }
  return larks;
}

/** A connection to the tenant of a source, of whose tokens the scrubber is told. */
export function connectTenant(
  { name: source, baseUrl, privateNetwork, auth }: SourceSettings,
  scrubber: Scrubber,
): Connection {
  const hide = (secrets: readonly string[]): void => scrubber.register(secrets);
  return connect({ source, baseUrl, privateNetwork, auth, hide, version: version() });
}

/** The same for sources that reach one tenant by one app with the same secrets: a wrong one fails alone. */
function accessOf({ baseUrl, auth }: SourceSettings): string {
  return JSON.stringify([new URL(baseUrl).href, Object.entries(auth).sort()]);
}
