// One connection through the wire: passes message after message, unless something else is to happen.

import { connect, type Socket } from 'node:net';
import type { Verdict } from './deed.ts';
import { type Cut, Cutter, type Message } from './messages.ts';

export interface LineOptions {
  readonly host: string;
  readonly port: number;
  readonly number: number;
  decide(message: Message): Promise<Verdict>;
}

export class Line {
  /** Both sockets are closed. */
  readonly closed: Promise<void>;
  readonly #near: Socket;
  readonly #far: Socket;
  readonly #options: LineOptions;
  #transaction: string[] = [];
  readonly #counts = new Map<string, number>();
  #isStalled = false;

  constructor(near: Socket, options: LineOptions) {
    this.#near = near;
    this.#options = options;
    this.#far = connect(options.port, options.host);
    const ends = [near, this.#far].map(
      (socket) => new Promise((resolve) => socket.once('close', resolve)),
    );
    this.closed = Promise.all(ends).then(() => undefined);
    this.#join(near, this.#far, 'client');
    this.#join(this.#far, near, 'server');
  }

  get isStalled(): boolean {
    return this.#isStalled;
  }

  cut(how: 'reset' | 'end'): void {
    for (const socket of [this.#near, this.#far]) {
      socket.removeAllListeners('data');
      if (how === 'reset') socket.resetAndDestroy();
      else socket.end();
    }
  }

  /** Reads on, so that the sender notices nothing, and answers nothing. */
  stall(): void {
    this.#isStalled = true;
  }

  #join(from: Socket, to: Socket, side: Message['from']): void {
    const cutter = new Cutter(side);
    let order = Promise.resolve();
    from.setNoDelay(true);
    from.on('data', (bytes) => {
      if (this.#isStalled) return;
      from.pause();
      order = order
        .then(() => this.#pass(cutter.cut(bytes), to, side))
        .then(() => void from.resume())
        .catch(() => this.cut('reset'));
    });
    from.on('error', () => undefined);
    // One side is gone: the other hears of it after what was sent before, unless it is to hear nothing.
    from.on('close', () => {
      order = order.then(() => {
        if (!this.#isStalled) to.destroy();
      });
    });
  }

  async #pass(cuts: Iterable<Cut>, to: Socket, side: Message['from']): Promise<void> {
    for (const cut of cuts) {
      if (this.#isStalled) return;
      const verdict = await this.#options.decide(this.#place(cut, side));
      if (verdict === 'reset' || verdict === 'end') return this.cut(verdict);
      if (verdict === 'stall') return this.stall();
      if (verdict === 'drop') continue;
      if (!to.destroyed) to.write(cut.bytes);
    }
  }

  #place({ kind, text }: Cut, from: Message['from']): Message {
    if (from === 'client' && (kind === 'Query' || kind === 'Parse')) {
      this.#counts.clear();
      if (/^begin\b/i.test(text)) this.#transaction = [];
      this.#transaction.push(text);
    }
    const counted = `${from} ${kind}`;
    const nth = (this.#counts.get(counted) ?? 0) + 1;
    this.#counts.set(counted, nth);
    const { number: connection } = this.#options;
    return { from, kind, text, connection, transaction: this.#transaction, nth };
  }
}
