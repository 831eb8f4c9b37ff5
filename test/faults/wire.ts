// A wire to Postgres that understands what passes, and at a chosen message is cut, goes silent, or
// lets somebody act before the message goes on.

import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Deed, Verdict } from './wire/deed.ts';
import { Line } from './wire/line.ts';
import type { Message } from './wire/messages.ts';

export type { Message } from './wire/messages.ts';

export interface Wire {
  /** The database's URL, through the wire. */
  readonly url: string;
  /** All messages so far of all connections, both ways. */
  readonly passed: number;
  /** Does this at the next message that matches, once. The promise gives the message when it happened. */
  at(matches: (message: Message) => boolean, deed: Deed): Promise<Message>;
  /** Told of every message that passes. */
  watch(look: (message: Message) => void): void;
  /** Drops everything that was to happen. */
  disarm(): void;
  /** Resets whatever is connected now. */
  cutAll(): void;
  /** Resets what has gone silent, as the system does when nobody answers its probes. */
  giveUp(): void;
  /** From now on nothing passes, on old connections and on new ones, and none is closed. */
  stallAll(): void;
  /** New connections pass again; those that were stalled stay so. */
  resume(): void;
  close(): Promise<void>;
}

interface Armed {
  readonly matches: (message: Message) => boolean;
  readonly deed: Deed;
  readonly happened: (message: Message) => void;
}

/** `connected` is told of each new connection. */
export async function wireTo(
  target: string,
  connected: () => void = () => undefined,
): Promise<Wire> {
  const { hostname, port } = new URL(target);
  const lines = new Set<Line>();
  const watchers: ((message: Message) => void)[] = [];
  let armed: readonly Armed[] = [];
  let passed = 0;
  let count = 0;
  let isSilent = false;
  const decide = async (message: Message): Promise<Verdict> => {
    passed += 1;
    for (const look of watchers) look(message);
    const found = armed.find(({ matches }) => matches(message));
    if (found === undefined) return 'pass';
    armed = armed.filter((one) => one !== found);
    found.happened(message);
    return typeof found.deed === 'function' ? await found.deed(message) : found.deed;
  };
  const server = createServer((near) => {
    connected();
    count += 1;
    const line = new Line(near, { host: hostname, port: Number(port), number: count, decide });
    lines.add(line);
    if (isSilent) line.stall();
    void line.closed.then(() => lines.delete(line));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(target);
  const address = server.address();
  url.port = typeof address === 'object' && address !== null ? String(address.port) : '';
  return {
    url: url.href,
    get passed() {
      return passed;
    },
    at(matches, deed) {
      const { promise, resolve } = Promise.withResolvers<Message>();
      armed = [...armed, { matches, deed, happened: resolve }];
      return promise;
    },
    watch: (look) => void watchers.push(look),
    disarm() {
      armed = [];
    },
    cutAll() {
      for (const line of lines) line.cut('reset');
    },
    giveUp() {
      for (const line of lines) if (line.isStalled) line.cut('reset');
    },
    stallAll() {
      isSilent = true;
      for (const line of lines) line.stall();
    },
    resume() {
      isSilent = false;
    },
    async close() {
      for (const line of lines) line.cut('reset');
      server.close();
      await once(server, 'close');
    },
  };
}
