// Callers that always have another call to make, at an endpoint of each tier.

import { setMaxListeners } from 'node:events';
import { connect } from '../../src/extract/connect.ts';
import { tier3, tier4, tier8, tier9 } from '../../src/modules/tiers.ts';
import type { Endpoint, Lark, Meter, RateWindow } from '../../src/tenant.ts';

const callers = 64;

const tiers: Readonly<Record<number, readonly RateWindow[]>> = {
  3: tier3,
  4: tier4,
  8: tier8,
  9: tier9,
};

/** The windows of a tier by Lark's number of it. */
export function tierOf(number: number): readonly RateWindow[] {
  const windows = tiers[number];
  if (windows === undefined) throw new RangeError(`no tier ${number}`);
  return windows;
}

/** Calls an endpoint of each tier for so many ms, as often as the limiter lets it. */
export async function callWithoutEnd(tenant: string, ms: number): Promise<void> {
  const auth = { mode: 'custom_app', appId: 'tiers', appSecret: 'none' } as const;
  const connection = connect({ source: 'bench', baseUrl: tenant, auth });
  const signal = AbortSignal.timeout(ms);
  setMaxListeners(0, signal);
  const lark = connection.lark(deaf, signal);
  try {
    await Promise.all(
      Object.keys(tiers).flatMap((number) => {
        const endpoint = endpointOf(Number(number));
        return Array.from({ length: callers }, () => callUntil(signal, lark, endpoint));
      }),
    );
  } finally {
    await connection.close();
  }
}

async function callUntil(signal: AbortSignal, lark: Lark, endpoint: Endpoint): Promise<void> {
  while (!signal.aborted) {
    await lark.call(endpoint).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

function endpointOf(tier: number): Endpoint {
  return {
    name: `tier.${tier}`,
    method: 'GET',
    path: `/open-apis/bench/v1/tiers/${tier}`,
    windows: tierOf(tier),
    scopes: [],
    metered: false,
  };
}

const deaf: Meter = {
  allow: () => undefined,
  sent: () => undefined,
  throttled: () => undefined,
  retried: () => undefined,
  failed: () => undefined,
  waited: () => undefined,
};
