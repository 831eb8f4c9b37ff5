// The bytes of an answer: decompressed, counted, and in one piece unless they are many.

import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SourceError, TransientError } from '../errors.ts';

/** One piece, or a stream of pieces that is to be read to its end or closed. */
export type Body = Uint8Array | AsyncIterable<Uint8Array>;

const pieceBytes = 64 * 1024;

/** Throws TransientError unless a body that says this of itself can be read. */
export function requireReadable(encoding: string | undefined): void {
  if (!isGzip(encoding) && !['', 'identity'].includes(nameOf(encoding))) {
    throw new TransientError('Lark answered in a compression that was not asked for');
  }
}

/** The body without its compression. */
export function decompressed(body: Readable, encoding: string | undefined): Readable {
  if (!isGzip(encoding)) return body;
  // A failure reaches whoever reads the result.
  return pipeline(body, createGunzip({ chunkSize: pieceBytes }), () => {});
}

function isGzip(encoding: string | undefined): boolean {
  return ['gzip', 'x-gzip'].includes(nameOf(encoding));
}

function nameOf(encoding = ''): string {
  return encoding.trim().toLowerCase();
}

/** The pieces, up to so many bytes. Throws SourceError beyond. */
export async function* limited(
  pieces: AsyncIterable<Uint8Array>,
  mostBytes: number,
): AsyncGenerator<Uint8Array, void> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.byteLength;
    if (bytes > mostBytes) throw tooLarge(mostBytes);
    yield piece;
  }
}

export function tooLarge(mostBytes: number): SourceError {
  return new SourceError(`the answer is larger than the limit of ${mostBytes} bytes`);
}

/** All pieces as one if they have at most so many bytes, else a stream of them. */
export async function gathered(
  pieces: AsyncGenerator<Uint8Array, void>,
  largeBytes: number,
): Promise<Body> {
  const head: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const step = await pieces.next();
    if (step.done === true) return head.length === 1 && head[0] ? head[0] : Buffer.concat(head);
    head.push(step.value);
    bytes += step.value.byteLength;
    if (bytes > largeBytes) return resumed(head, pieces);
  }
}

async function* resumed(
  head: Uint8Array[],
  rest: AsyncGenerator<Uint8Array, void>,
): AsyncGenerator<Uint8Array, void> {
  try {
    for (let piece = head.shift(); piece !== undefined; piece = head.shift()) yield piece;
    yield* rest;
  } finally {
    await rest.return();
  }
}
