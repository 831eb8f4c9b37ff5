// The pooler's connections to Postgres: few, each given to one transaction at a time.

import { once } from 'node:events';
import { Socket } from 'node:net';
import { Client } from 'pg';
import { type Frame, Frames } from './frames.ts';

/** A connection that pg has signed in on, and which then belongs to the pooler. */
export interface Server {
  readonly socket: Socket;
  /** Told what Postgres says. */
  listener: (frame: Frame) => void;
}

export class Servers {
  readonly #url: string;
  readonly #free: Server[] = [];
  readonly #waiting: ((server: Server) => void)[] = [];
  readonly #all = new Set<Server>();

  constructor(url: string) {
    this.#url = url;
  }

  /** Signs in once more. */
  async add(): Promise<void> {
    const socket = new Socket();
    const client = new Client({ connectionString: this.#url, stream: () => socket });
    client.on('error', () => undefined);
    await client.connect();
    socket.removeAllListeners('data');
    const server: Server = { socket, listener: () => undefined };
    const frames = new Frames();
    socket.on('data', (data) => {
      for (const frame of frames.take(data)) server.listener(frame);
    });
    this.#all.add(server);
    this.release(server);
  }

  /** Gives the next that is free, at once or when there is one. */
  take(give: (server: Server) => void): void {
    const server = this.#free.shift();
    if (server === undefined) this.#waiting.push(give);
    else give(server);
  }

  release(server: Server): void {
    server.listener = () => undefined;
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(server);
    else next(server);
  }

  /** For one that is in the middle of a transaction of a client that is gone. */
  async replace(server: Server): Promise<void> {
    this.#all.delete(server);
    server.socket.destroy();
    await this.add();
  }

  async close(): Promise<void> {
    for (const { socket } of this.#all) {
      socket.destroy();
      if (!socket.closed) await once(socket, 'close');
    }
  }
}
