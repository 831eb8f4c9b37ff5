/** Page tokens: opaque, bound to their query, and of the moment their listing began. */
import { createHash, randomBytes } from 'node:crypto';
import type { Call } from './endpoint.ts';
import type { Refusal } from './refusal.ts';

/** Where a listing stands. */
export interface Position {
  readonly offset: number;
  /** Time of the first page, epoch ms. */
  readonly since: number;
  /** Key of the last record given, if the listing is anchored by key. */
  readonly after?: string;
}

/** One page. `page_token` is absent, empty or present on the last page, as the endpoint has it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly has_more: boolean;
  readonly page_token?: string;
}

/** How a listing is cut. */
export interface Cut<T> {
  readonly size: number;
  readonly position: Position;
  /** What the last page carries as its token. */
  readonly last: 'absent' | 'empty' | 'token';
  /** With it a page starts behind the last record given, wherever that one stands by now. */
  readonly key?: (item: T) => string;
}

/** The position that the request's page token names; `bad` when it is not one of this query. */
export function readPosition(call: Call, bad: () => Refusal): Position {
  const token = call.search.get('page_token');
  if (!token) return { offset: 0, since: call.now };
  const position = decode(token, fingerprint(call));
  if (!position) throw bad();
  return position;
}

/** Cuts the page at its position and leaves the call a second token for it. */
export function cut<T>(call: Call, items: readonly T[], how: Cut<T>): Page<T> {
  const start = startOf(items, how);
  const page = items.slice(start, start + how.size);
  const end = start + page.length;
  const print = fingerprint(call);
  call.samePage = encode(how.position, print);
  const last = page.at(-1);
  const next: Position = {
    offset: end,
    since: how.position.since,
    ...(how.key && last !== undefined ? { after: how.key(last) } : {}),
  };
  const more = end < items.length;
  if (more || how.last === 'token') {
    return { items: page, has_more: more, page_token: encode(next, print) };
  }
  return { items: page, has_more: false, ...(how.last === 'empty' ? { page_token: '' } : {}) };
}

function startOf<T>(items: readonly T[], { position, key }: Cut<T>): number {
  if (!key || position.after === undefined) return position.offset;
  const before = items[position.offset - 1];
  if (before !== undefined && key(before) === position.after) return position.offset;
  const found = items.findIndex((item) => key(item) === position.after);
  return found < 0 ? position.offset : found + 1;
}

function fingerprint(call: Call): string {
  const query = [...call.search].filter(([name]) => name !== 'page_token' && name !== 'page_size');
  const asked = JSON.stringify([call.path, query, call.body ?? {}]);
  return createHash('sha1').update(asked).digest('hex').slice(0, 12);
}

function encode(position: Position, print: string): string {
  const salt = randomBytes(3).toString('hex');
  const text = JSON.stringify([print, position.offset, position.since, position.after ?? null]);
  return Buffer.from(`${salt}${check(salt + text)}${text}`).toString('base64');
}

function decode(token: string, print: string): Position | undefined {
  const plain = Buffer.from(token, 'base64').toString();
  const text = plain.slice(14);
  if (plain.slice(6, 14) !== check(plain.slice(0, 6) + text)) return undefined;
  const [query, offset, since, after]: unknown[] = JSON.parse(text);
  if (query !== print || typeof offset !== 'number' || typeof since !== 'number') return undefined;
  return { offset, since, ...(typeof after === 'string' ? { after } : {}) };
}

function check(text: string): string {
  return createHash('sha1').update(text).digest('hex').slice(0, 8);
}
