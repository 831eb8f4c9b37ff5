// A pooler as PgBouncer is in transaction mode: the transactions of any number of clients run on few
// connections, and what a client leaves on one is found by another.

import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { type Frame, Frames } from './frames.ts';
import { greet } from './greeting.ts';
import { type Server, Servers } from './servers.ts';

export interface Pooler {
  /** The database's URL, through the pooler. */
  readonly url: string;
  /** Transactions so far. */
  readonly transactions: number;
  close(): Promise<void>;
}

/** Two connections by default: one that a lease keeps, one for all else. */
export async function poolerTo(target: string, connections = 2): Promise<Pooler> {
  const servers = new Servers(target);
  for (let count = 0; count < connections; count += 1) await servers.add();
  const clients = new Set<Socket>();
  let transactions = 0;
  const listener = createServer({ noDelay: true }, (socket) => {
    clients.add(socket);
    socket.on('error', () => undefined).on('close', () => clients.delete(socket));
    const serve = async (): Promise<void> => {
      if (!(await greet(socket))) return;
      new Session(socket, servers, () => {
        transactions += 1;
      });
    };
    serve().catch(() => socket.destroy());
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const url = new URL(target);
  const address = listener.address();
  url.port = typeof address === 'object' && address !== null ? String(address.port) : '';
  return {
    url: url.href,
    get transactions() {
      return transactions;
    },
    async close() {
      listener.close();
      for (const socket of clients) socket.destroy();
      await once(listener, 'close');
      await servers.close();
    },
  };
}

/** One client, from one transaction to the next. */
class Session {
  readonly #client: Socket;
  readonly #servers: Servers;
  readonly #begun: () => void;
  #server: Server | undefined;
  /** What waits for a server. */
  #queue: Buffer[] | undefined;
  /** Answers that Postgres owes: a server stays until the last of them ends outside of a transaction. */
  #owed = 0;

  constructor(client: Socket, servers: Servers, begun: () => void) {
    this.#client = client;
    this.#servers = servers;
    this.#begun = begun;
    const frames = new Frames();
    client.on('data', (data) => {
      for (const frame of frames.take(data)) this.#said(frame);
    });
    client.on('close', () => this.#leave());
  }

  #said({ type, bytes }: Frame): void {
    if (type === 'X') return void this.#client.end();
    // The rest of a COPY that has failed already.
    if (this.#server === undefined && this.#queue === undefined && 'dcf'.includes(type)) return;
    if (type === 'Q' || type === 'S') this.#owed += 1;
    if (this.#server !== undefined) this.#server.socket.write(bytes);
    else if (this.#queue !== undefined) this.#queue.push(bytes);
    else this.#begin(bytes);
  }

  #begin(first: Buffer): void {
    this.#queue = [first];
    this.#begun();
    this.#servers.take((server) => {
      const queue = this.#queue ?? [];
      this.#queue = undefined;
      if (this.#client.destroyed) return this.#servers.release(server);
      this.#server = server;
      server.listener = (frame) => this.#answered(server, frame);
      server.socket.write(Buffer.concat(queue));
    });
  }

  #answered(server: Server, { type, bytes }: Frame): void {
    this.#client.write(bytes);
    if (type !== 'Z') return;
    this.#owed -= 1;
    if (this.#owed > 0 || bytes.at(-1) !== 'I'.charCodeAt(0)) return;
    this.#server = undefined;
    this.#servers.release(server);
  }

  #leave(): void {
    if (this.#server === undefined) return;
    this.#servers.replace(this.#server).catch(() => undefined);
    this.#server = undefined;
  }
}
