// One answer while it comes: gathered while it is small, a stream from then on, so that it is never held whole.

import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { tooLarge } from './body.ts';
import type { Head } from './envelope.ts';

export interface Expected {
  /** Larger bodies come as a stream. */
  readonly largeBytes: number;
  /** Larger bodies in one piece are refused; whoever reads a stream counts for himself. */
  readonly mostBytes: number;
  /** Told when the answer begins; what it throws is the failure of the answer. */
  onHead(head: Head): void;
}

export interface Received {
  readonly head: Head;
  /** In one piece, or a stream: what is compressed always is one. */
  readonly body: Uint8Array | Readable;
}

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

export class Reception implements Dispatcher.DispatchHandler {
  readonly #expected: Expected;
  readonly #received = Promise.withResolvers<Received>();
  #controller: Dispatcher.DispatchController | undefined;
  #head: Head = { status: 0, headers: {} };
  /** What is gathered; of a stream what it was not given yet, the last first. */
  readonly #pieces: Uint8Array[] = [];
  #bytes = 0;
  #stream: Readable | undefined;
  #failure: Error | undefined;

  constructor(expected: Expected) {
    this.#expected = expected;
  }

  /** The head and the body, or where that begins when it is a stream. Rejects with the first failure. */
  get received(): Promise<Received> {
    return this.#received.promise;
  }

  /** Breaks the answer off, whether it has begun or not. */
  fail(error: Error): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    this.#received.reject(error);
    this.#stream?.destroy(error);
    this.#controller?.abort(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#failure !== undefined) controller.abort(this.#failure);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < 200) return;
    this.#head = headOf(status, headers);
    this.#expected.onHead(this.#head);
    if (this.#head.headers['content-encoding'] !== undefined) this.#becomeStream();
  }

  onResponseData(controller: Dispatcher.DispatchController, piece: Uint8Array): void {
    if (this.#stream !== undefined) {
      if (!this.#stream.push(piece)) controller.pause();
      return;
    }
    const { largeBytes, mostBytes } = this.#expected;
    this.#pieces.push(piece);
    this.#bytes += piece.byteLength;
    if (this.#bytes > mostBytes) throw tooLarge(mostBytes);
    if (this.#bytes > largeBytes) this.#becomeStream();
  }

  onResponseEnd(): void {
    if (this.#stream !== undefined) {
      this.#stream.push(null);
      return;
    }
    const [first] = this.#pieces;
    const isOne = first !== undefined && this.#pieces.length === 1;
    const body = isOne ? first : Buffer.concat(this.#pieces, this.#bytes);
    this.#received.resolve({ head: this.#head, body });
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    this.fail(error);
  }

  #becomeStream(): void {
    this.#controller?.pause();
    const stream = new Readable({
      read: () => this.#giveMore(stream),
      destroy: (error, done) => {
        this.#controller?.abort(error ?? new Error('left'));
        done(error);
      },
    });
    // Whoever reads it gets its failure; until then it is nobody's.
    stream.on('error', () => {});
    this.#stream = stream;
    this.#pieces.reverse();
    this.#received.resolve({ head: this.#head, body: stream });
  }

  /** What is gathered comes piece by piece, too: its reader takes all that the stream holds at once. */
  #giveMore(stream: Readable): void {
    const piece = this.#pieces.pop();
    if (piece === undefined) this.#controller?.resume();
    else stream.push(piece);
  }
}

function headOf(status: number, headers: Headers): Head {
  const single: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(headers)) {
    single[name] = typeof value === 'string' ? value : value?.join(', ');
  }
  return { status, headers: single };
}
