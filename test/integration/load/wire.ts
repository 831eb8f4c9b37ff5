// A wire to Postgres that can be cut at the moment of COMMIT.

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface Wire {
  /** The database's URL, through the wire. */
  readonly url: string;
  /** Cuts the connection of the next COMMIT: before it gets there, or before its answer comes back. */
  cut(moment: 'before' | 'after'): void;
  /** Cuts whatever is connected now. */
  cutAll(): void;
  readonly cuts: number;
  close(): Promise<void>;
}

export async function wireTo(target: string): Promise<Wire> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let armed: 'before' | 'after' | undefined;
  let cuts = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    let isDeaf = false;
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', end).on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    near.on('data', (data) => {
      if (armed === undefined || !data.includes('commit\0')) return void far.write(data);
      const moment = armed;
      armed = undefined;
      cuts += 1;
      if (moment === 'before') return end();
      isDeaf = true;
      far.write(data);
    });
    far.on('data', (data) => (isDeaf ? end() : near.write(data)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(target);
  const address = server.address();
  url.port = typeof address === 'object' && address !== null ? String(address.port) : '';
  return {
    url: url.href,
    cut(moment) {
      armed = moment;
    },
    cutAll() {
      for (const socket of sockets) socket.destroy();
    },
    get cuts() {
      return cuts;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
