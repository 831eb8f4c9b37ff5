// HTTP to one origin: timeouts, keep-alive, gzip, size. Follows no redirect, so that no token
// reaches another host; knows nothing of Lark's envelope.

import type { Readable } from 'node:stream';
import { Agent, type buildConnector, type Dispatcher } from 'undici';
import { SourceError, TransientError } from '../errors.ts';
import { type Body, decompressed, gathered, limited, tooLarge } from './body.ts';
import { interruption } from './clock.ts';
import { Deadline } from './deadline.ts';
import type { Head } from './envelope.ts';
import { networkError } from './network.ts';
import type { Request } from './request.ts';
import type { Timeouts } from './settings.ts';

export interface TransportSettings {
  readonly baseUrl: string;
  /** Makes the connections. */
  readonly dial: buildConnector.connector;
  readonly timeouts: Timeouts;
  readonly maxBodyBytes: number;
  readonly userAgent: string;
}

export interface Answer extends Head {
  readonly body: Body;
}

const sockets = 64;

export class Transport {
  readonly #settings: TransportSettings;
  readonly #origin: string;
  readonly #prefix: string;
  readonly #host: string;
  readonly #agent: Agent;
  readonly #onDate: (header: string | undefined) => void;

  /** `onDate` is given the Date header of every answer. */
  constructor(settings: TransportSettings, onDate: (header: string | undefined) => void) {
    const { origin, pathname, host } = new URL(settings.baseUrl);
    this.#settings = settings;
    this.#origin = origin;
    this.#prefix = pathname.replace(/\/+$/, '');
    this.#host = host;
    this.#onDate = onDate;
    this.#agent = new Agent({
      allowH2: false,
      connections: sockets,
      connect: settings.dial,
      headersTimeout: settings.timeouts.headers,
      bodyTimeout: settings.timeouts.idle,
    });
  }

  /**
   * Sends a request, with the token if there is one. The body comes in one piece up to `largeBytes`;
   * `onHead` is told before that the answer begins.
   * Throws TransientError, SourceError or InterruptedError.
   */
  async send(
    request: Request,
    token: string | undefined,
    largeBytes: number,
    signal: AbortSignal,
    onHead: () => void = () => {},
  ): Promise<Answer> {
    const deadline = new Deadline(this.#settings.timeouts.total);
    const both = AbortSignal.any([signal, deadline.signal]);
    try {
      deadline.start();
      const response = await this.#agent.request(this.#options(request, token, both));
      onHead();
      const head = headOf(response);
      this.#onDate(head.headers['date']);
      const body = this.#bodyOf(head, response.body);
      const pieces = this.#timed(limited(body, this.#settings.maxBodyBytes), deadline, signal);
      return { ...head, body: await gathered(pieces, largeBytes) };
    } catch (error) {
      throw this.#explained(error, deadline, signal);
    } finally {
      deadline.stop();
    }
  }

  /** Breaks off whatever is under way. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  #options(
    { method, path, body }: Request,
    token: string | undefined,
    signal: AbortSignal,
  ): Dispatcher.RequestOptions {
    return {
      origin: this.#origin,
      path: this.#prefix + path,
      method,
      signal,
      headers: {
        accept: 'application/json',
        'accept-encoding': 'gzip',
        'user-agent': this.#settings.userAgent,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      },
      ...(body === undefined ? {} : { body }),
    };
  }

  #bodyOf({ status, headers }: Head, body: Readable): Readable {
    try {
      if (status >= 300 && status < 400) throw redirected(headers['location'], this.#origin);
      const { maxBodyBytes } = this.#settings;
      if (Number(headers['content-length']) > maxBodyBytes) throw tooLarge(maxBodyBytes);
      return decompressed(body, headers['content-encoding']);
    } catch (error) {
      body.on('error', () => {}).destroy();
      throw error;
    }
  }

  async *#timed(
    pieces: AsyncGenerator<Uint8Array, void>,
    deadline: Deadline,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, void> {
    try {
      for (;;) {
        deadline.start();
        const step = await pieces.next();
        deadline.stop();
        if (step.done === true) return;
        yield step.value;
      }
    } catch (error) {
      throw this.#explained(error, deadline, signal);
    } finally {
      deadline.stop();
      await pieces.return();
    }
  }

  #explained(error: unknown, deadline: Deadline, signal: AbortSignal): unknown {
    if (signal.aborted) return interruption(signal);
    if (!deadline.signal.aborted) return networkError(error, this.#host);
    const seconds = this.#settings.timeouts.total / 1000;
    return new TransientError(`${this.#host}: the answer took longer than ${seconds} s`);
  }
}

function headOf({ statusCode, headers }: Dispatcher.ResponseData): Head {
  const single = Object.entries(headers).map(([name, value]) => [
    name.toLowerCase(),
    typeof value === 'string' ? value : value?.join(', '),
  ]);
  return { status: statusCode, headers: Object.fromEntries(single) };
}

function redirected(location: string | undefined, origin: string): SourceError {
  const to =
    location !== undefined && URL.canParse(location, origin)
      ? new URL(location, origin)
      : undefined;
  const where = to === undefined ? 'elsewhere' : `to the host ${to.host}`;
  return new SourceError(`the host redirects ${where}; redirects are not followed`, {
    hint: 'check base_url, and whether a proxy or a login page lies between this machine and Lark',
  });
}
