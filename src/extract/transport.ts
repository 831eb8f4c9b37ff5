// HTTP to one origin: timeouts, keep-alive, gzip, size. Follows no redirect, so that no token
// reaches another host; knows nothing of Lark's envelope.

import { type buildConnector, type Dispatcher, Pool } from 'undici';
import { SourceError, TransientError } from '../errors.ts';
import { type Body, decompressed, gathered, limited, requireReadable, tooLarge } from './body.ts';
import { interruption } from './clock.ts';
import { Deadline } from './deadline.ts';
import type { Head } from './envelope.ts';
import { networkError } from './network.ts';
import { Reception } from './reception.ts';
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
  readonly #pool: Pool;
  readonly #onDate: (header: string | undefined) => void;

  /** `onDate` is given the Date header of every answer. */
  constructor(settings: TransportSettings, onDate: (header: string | undefined) => void) {
    const { origin, pathname, host } = new URL(settings.baseUrl);
    this.#settings = settings;
    this.#origin = origin;
    this.#prefix = pathname.replace(/\/+$/, '');
    this.#host = host;
    this.#onDate = onDate;
    this.#pool = new Pool(origin, {
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
    if (signal.aborted) throw interruption(signal);
    const reception = this.#reception(largeBytes, onHead);
    const interrupt = (): void => reception.fail(interruption(signal));
    signal.addEventListener('abort', interrupt, { once: true });
    const deadline = new Deadline(this.#settings.timeouts.total, () => {
      reception.fail(this.#tooSlow());
    });
    const ended = (): void => {
      deadline.stop();
      signal.removeEventListener('abort', interrupt);
    };
    try {
      deadline.start();
      this.#pool.dispatch(this.#options(request, token), reception);
      const { head, body } = await reception.received;
      if (body instanceof Uint8Array) {
        ended();
        return { ...head, body };
      }
      const all = decompressed(body, head.headers['content-encoding']);
      const pieces = this.#timed(limited(all, this.#settings.maxBodyBytes), deadline, ended);
      return { ...head, body: await gathered(pieces, largeBytes) };
    } catch (error) {
      ended();
      throw networkError(error, this.#host);
    }
  }

  /** Breaks off whatever is under way. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  #reception(largeBytes: number, onHead: () => void): Reception {
    const mostBytes = this.#settings.maxBodyBytes;
    return new Reception({
      largeBytes,
      mostBytes,
      onHead: ({ status, headers }) => {
        onHead();
        this.#onDate(headers['date']);
        if (status >= 300 && status < 400) throw redirected(headers['location'], this.#origin);
        if (Number(headers['content-length']) > mostBytes) throw tooLarge(mostBytes);
        requireReadable(headers['content-encoding']);
      },
    });
  }

  #options({ method, path, body }: Request, token: string | undefined): Dispatcher.DispatchOptions {
    return {
      path: this.#prefix + path,
      method,
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

  async *#timed(
    pieces: AsyncGenerator<Uint8Array, void>,
    deadline: Deadline,
    ended: () => void,
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
      throw networkError(error, this.#host);
    } finally {
      ended();
      await pieces.return();
    }
  }

  #tooSlow(): TransientError {
    const seconds = this.#settings.timeouts.total / 1000;
    return new TransientError(`${this.#host}: the answer took longer than ${seconds} s`);
  }
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
