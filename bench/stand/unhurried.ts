// A tenant's limits out of the way: the windows of every endpoint a thousand times as wide, all else as it is.

import type { Endpoint, Lark } from '../../src/tenant.ts';

const factor = 1000;

export function unhurried(lark: Lark): Lark {
  const widened = new Map<Endpoint, Endpoint>();
  const wide = (endpoint: Endpoint): Endpoint => {
    const known = widened.get(endpoint);
    if (known !== undefined) return known;
    const windows = endpoint.windows.map(({ calls, ms }) => ({ calls: calls * factor, ms }));
    const made = { ...endpoint, windows };
    widened.set(endpoint, made);
    return made;
  };
  return {
    call: (endpoint, call) => lark.call(wide(endpoint), call),
    pages: (endpoint, call) => lark.pages(wide(endpoint), call),
    now: () => lark.now(),
  };
}
