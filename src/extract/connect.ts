// Puts the client of one tenant together.

import type { Lark, Meter } from '../tenant.ts';
import { type Clock, systemClock } from './clock.ts';
import { dialer } from './dial.ts';
import { LinkedLark } from './lark.ts';
import { type Link, Throttles } from './link.ts';
import { minting } from './mint.ts';
import { Patience } from './patience.ts';
import { RetryBudget } from './retry.ts';
import { type ConnectionSettings, defaultTimeouts, secretsOf, type Timeouts } from './settings.ts';
import { signInPost } from './sign-in.ts';
import { TenantClock } from './tenant-clock.ts';
import { TokenKeeper } from './token.ts';
import { Transport } from './transport.ts';

const mebibyte = 1024 * 1024;

/** One app in one tenant: all its streams share the token and the rate limits. */
export interface Connection {
  /** The tenant for one stream; every request is told to the meter, all end with the signal. */
  lark(meter: Meter, signal: AbortSignal): Lark;
  /** Gets an access token. Throws AuthError, TransientError or SourceError; a given token is not tried. */
  verify(): Promise<void>;
  /** Breaks off what is under way: its callers get InterruptedError. */
  close(): Promise<void>;
}

/** Sends nothing yet. The clock is for tests. */
export function connect(settings: ConnectionSettings, clock: Clock = systemClock): Connection {
  const { source, auth, largeBodyBytes = 4 * mebibyte } = settings;
  const timeouts = { ...defaultTimeouts, ...settings.timeouts };
  const tenantClock = new TenantClock(clock);
  const patience = new Patience(clock);
  const transport = transportFor(settings, timeouts, (date) => {
    tenantClock.note(date);
    patience.answered();
  });
  const closed = new AbortController();
  const secrets = [...secretsOf(auth)];
  const hide = (tokens: readonly string[]): void => {
    secrets.push(...tokens);
    settings.hide?.(tokens);
  };
  const shared = { source, transport, clock, secrets, patience, budget: new RetryBudget() };
  const post = signInPost({ ...shared, hide, signal: closed.signal });
  const tokens = new TokenKeeper(minting(auth, post), clock);
  const link: Link = {
    ...shared,
    tokens,
    throttles: new Throttles(clock),
    tenantClock,
    largeBodyBytes,
    throttledMs: timeouts.throttled,
    closing: closed.signal,
  };
  return {
    lark: (meter, signal) => new LinkedLark(link, meter, signal),
    verify: async () => {
      await tokens.current();
    },
    close: async () => {
      closed.abort();
      await transport.close();
    },
  };
}

function transportFor(
  { baseUrl, privateNetwork = false, version, maxBodyBytes = 256 * mebibyte }: ConnectionSettings,
  timeouts: Timeouts,
  onDate: (header: string | undefined) => void,
): Transport {
  const { hostname } = new URL(baseUrl);
  const dial = dialer({ timeoutMs: timeouts.connect, hostname, privateNetwork });
  const userAgent = version === undefined ? 'larkhouse' : `larkhouse/${version}`;
  return new Transport({ baseUrl, dial, timeouts, maxBodyBytes, userAgent }, onDate);
}
