// A transport alone, without a client on it, and what to do with its answers.

import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Body } from '../../../src/extract/body.ts';
import { dialer } from '../../../src/extract/dial.ts';
import { defaultTimeouts, type Timeouts } from '../../../src/extract/settings.ts';
import { type Answer, Transport } from '../../../src/extract/transport.ts';
import { type Reply, type Seen, serve } from './server.ts';

const get = { method: 'GET', path: '/open-apis/x' } as const;
const live = new AbortController().signal;

export interface Line {
  readonly transport: Transport;
  readonly seen: Seen[];
  readonly dates: (string | undefined)[];
  send(largeBytes?: number, signal?: AbortSignal): Promise<Answer>;
}

/** A transport to a server that lives as long as the test. */
export async function line(
  t: TestContext,
  reply: Reply,
  {
    path = '',
    maxBodyBytes = 1_000_000,
    ...timeouts
  }: Partial<Timeouts> & { path?: string; maxBodyBytes?: number } = {},
): Promise<Line> {
  const { url, seen } = await serve(t, reply);
  const dates: (string | undefined)[] = [];
  const times = { ...defaultTimeouts, ...timeouts };
  const settings = {
    baseUrl: url + path,
    dial: dialer({ timeoutMs: times.connect, hostname: '127.0.0.1', privateNetwork: false }),
    timeouts: times,
    maxBodyBytes,
    userAgent: 'larkhouse/1.2.3',
  };
  const transport = new Transport(settings, (date) => dates.push(date));
  t.after(() => transport.close());
  const send = (largeBytes = Number.POSITIVE_INFINITY, signal = live): Promise<Answer> =>
    transport.send(get, 't-1', largeBytes, signal);
  return { transport, seen, dates, send };
}

export function textOf(body: Body): string {
  assert.ok(body instanceof Uint8Array);
  return Buffer.from(body).toString();
}

/** The length of a body, read to its end. */
export async function drain(body: Body): Promise<number> {
  let bytes = 0;
  if (body instanceof Uint8Array) return body.byteLength;
  for await (const piece of body) bytes += piece.byteLength;
  return bytes;
}
