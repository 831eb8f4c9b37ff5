/** Faults on the wire: bodies cut, stalled, mislabelled or never sent. */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Fault } from './faults.ts';

/** Holds the request for `ms` before it is looked at. */
export function delay(ms: number): Fault {
  return { before: () => sleep(ms) };
}

/** Ends the connection after `bytes` of the announced body. */
export function truncate(bytes: number): Fault {
  return {
    async send(response, answer) {
      await head(response, answer);
      await part(response, answer.body.subarray(0, bytes));
      response.destroy();
    },
  };
}

/** Resets the connection (RST) after `bytes` of the announced body. */
export function resetAfter(bytes: number): Fault {
  return {
    async send(response, answer) {
      await head(response, answer);
      await part(response, answer.body.subarray(0, bytes));
      response.socket?.resetAndDestroy();
    },
  };
}

/** Ends the body after `bytes` as if that were all: the length is right, the JSON is not. */
export function cutShort(bytes: number): Fault {
  return { rewrite: (answer) => ({ ...answer, body: answer.body.subarray(0, bytes) }) };
}

/** Announces `by` bytes more than the body has (fewer, when negative), then ends the connection. */
export function wrongLength(by = 10): Fault {
  return {
    async send(response, answer) {
      await head(response, answer, answer.body.length + by);
      await part(response, answer.body);
      response.destroy();
    },
  };
}

/** Sends headers and `bytes` of the body, then nothing more; the connection stays open. */
export function stall(bytes = 0): Fault {
  return {
    async send(response, answer) {
      await head(response, answer);
      await part(response, answer.body.subarray(0, bytes));
    },
  };
}

/** Sends nothing at all; the connection stays open. */
export function silence(): Fault {
  return { send: () => {} };
}

/** Resets the connection (RST) without an answer. */
export function reset(): Fault {
  return {
    send(response) {
      response.socket?.resetAndDestroy();
    },
  };
}

/** Says gzip and sends none. */
export function badGzip(): Fault {
  return {
    rewrite: (answer) => ({
      ...answer,
      headers: { ...answer.headers, 'Content-Encoding': 'gzip' },
    }),
  };
}

/** Sends, in place of the answer, a text `times` times between two others; announces no length. */
export function flood(start: string, text: string, times: number, end: string): Fault {
  return {
    async send(response, { status, headers }) {
      const piece = Buffer.from(text);
      response.writeHead(status, headers);
      await part(response, Buffer.from(start));
      for (let sent = 0; sent < times && !response.destroyed; sent += 1)
        await part(response, piece);
      response.end(end);
    },
  };
}

/** Sends the body in pieces of `bytes` with `ms` between them. */
export function trickle(bytes: number, ms: number): Fault {
  return {
    async send(response, answer) {
      await head(response, answer);
      for (let at = 0; at < answer.body.length && !response.destroyed; at += bytes) {
        await part(response, answer.body.subarray(at, at + bytes));
        await sleep(ms);
      }
      response.end();
    },
  };
}

async function head(response: ServerResponse, answer: Answer, length?: number): Promise<void> {
  const size = length ?? answer.body.length;
  response.writeHead(answer.status, { ...answer.headers, 'Content-Length': size });
  response.flushHeaders();
}

function part(response: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (bytes.length === 0 || response.destroyed) resolve();
    else response.write(bytes, () => resolve());
  });
}
