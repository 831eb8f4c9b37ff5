// Bytes as JSON: in one piece at once, a stream of them piece by piece. Both give the same.

import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { jsonParser } from 'stream-json/parser.js';
import { TransientError } from '../errors.ts';
import type { Json } from '../json.ts';
import { Assembly } from './assembly.ts';
import type { Body } from './body.ts';
import { parseAround } from './verbatim.ts';
import { parseWhole } from './whole.ts';

const partSize = 100;

/** Where the items are, and what of them is not looked into. */
export interface Listed {
  /** The list in `data`. */
  readonly list: string;
  /** Members of its items that may stay text. */
  readonly verbatim?: readonly string[];
  /** The members of its items that are read. */
  readonly only?: readonly string[];
  /** Where its bytes are in a body in one piece, `data` tells in `asSent`. */
  readonly whole?: boolean;
}

/**
 * Returns the envelope. Of a body in one piece nothing is given before; of a stream the list
 * `data.<list>` is given in parts of 100 items while it comes, the last ones remain in the
 * envelope. Throws TransientError, after parts were given too, and whatever the stream throws.
 */
export async function* decoded(body: Body, listed: Listed): AsyncGenerator<Json[], Json> {
  if (body instanceof Uint8Array) return parsed(body, listed);
  const text = new TextDecoder('utf-8', { fatal: true });
  const parse = jsonParser({ streamValues: false });
  const assembly = new Assembly(listed.list, partSize);
  const partsOf = (piece: Uint8Array | undefined): Json[][] => {
    // A literal at the very end is known to end only when something follows it.
    const more = piece === undefined ? `${text.decode()} ` : text.decode(piece, { stream: true });
    const found = parse(more);
    return typeof found === 'object' ? assembly.take(found.values) : [];
  };
  for await (const piece of body) yield* tried(() => partsOf(piece))?.value ?? noJson();
  yield* tried(() => partsOf(undefined))?.value ?? noJson();
  return assembly.root === undefined ? noJson() : assembly.root;
}

function parsed(body: Uint8Array, listed: Listed): Json {
  if (!isUtf8(body)) throw garbled('text that is no UTF-8');
  const start = hasMark(body) ? byteOrderMark.length : 0;
  const bytes = Buffer.from(body.buffer, body.byteOffset + start, body.byteLength - start);
  const whole = listed.whole === true ? tried(() => parseWhole(bytes))?.value : undefined;
  if (whole !== undefined) return whole;
  const json = tried(() => parseAround(bytes, listed));
  if (json === undefined) throw garbled(kindOf(bytes.toString()));
  return json.value;
}

const byteOrderMark = [0xef, 0xbb, 0xbf];

function hasMark(bytes: Uint8Array): boolean {
  return byteOrderMark.every((byte, at) => bytes[at] === byte);
}

function kindOf(text: string): string {
  const start = text.trimStart();
  if (start === '') return 'an empty body';
  if (start.startsWith('<')) return 'an HTML page';
  return start.startsWith('{') ? 'JSON that is broken or breaks off' : 'text that is no JSON';
}

/** The failure itself is dropped: a parser's message quotes the text. */
function tried<T>(read: () => T): { readonly value: T } | undefined {
  try {
    return { value: read() };
  } catch {
    return undefined;
  }
}

function noJson(): never {
  throw garbled('text that is no JSON, or breaks off');
}

function garbled(what: string): TransientError {
  return new TransientError(`Lark answered with ${what}`);
}
