// Connections to the tenants of sources: sources that read one tenant by one app share theirs, since
// Lark counts calls and hands out tokens by app and tenant.

import type { Source as SourceSettings } from '../../config/source.ts';
import { connect } from '../../extract/connect.ts';
import type { Source } from '../../run.ts';
import type { Cleanup } from '../cleanup.ts';
import { version } from '../version.ts';

type Lark = Source['lark'];

/** How each source sees its tenant, by its name. Sends nothing yet. */
export function connectSources(
  sources: readonly SourceSettings[],
  cleanup: Cleanup,
): ReadonlyMap<string, Lark> {
  const larks = new Map<string, Lark>();
  for (const group of Map.groupBy(sources, accessOf).values()) {
    const [first] = group;
    if (first === undefined) continue;
    const source = group.map(({ name }) => name).join(' and ');
    const { baseUrl, auth } = first;
    const connection = connect({ source, baseUrl, auth, version: version() });
    cleanup.add(() => connection.close());
    for (const { name } of group) larks.set(name, (meter, end) => connection.lark(meter, end));
  }
  return larks;
}

/** The same for sources that reach one tenant by one app with the same secrets: a wrong one fails alone. */
function accessOf({ baseUrl, auth }: SourceSettings): string {
  return JSON.stringify([new URL(baseUrl).href, Object.entries(auth).sort()]);
}
