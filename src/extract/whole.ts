// JSON parsed, with the bytes of its `data`: what is stored whole need not be put together again.

import { asSent, isObject, type JsonObject, parseJson } from '../json.ts';
import { closeBrace, endOfBlanks } from './scan.ts';

const name = '"data"';
const beginning = `${name}:`;

/**
 * The same as `parseJson` of the text, where `data` is an object; that tells its bytes in `asSent`. Undefined where
 * they are not plainly found. Of bytes that are UTF-8. Throws SyntaxError where these are no JSON, or `data` is not alone
 * in having braces.
 */
export function parseWhole(bytes: Buffer): JsonObject | undefined {
  const found = bytes.indexOf(beginning);
  if (found === -1) return undefined;
  const start = endOfBlanks(bytes, found + beginning.length);
  // The last brace but one: the last is the envelope's own.
  const end = bytes.lastIndexOf(closeBrace, bytes.lastIndexOf(closeBrace) - 1) + 1;
  if (end <= start) return undefined;
  const before = bytes.toString('utf8', 0, start);
  const behind = bytes.toString('utf8', end);
  // With the name elsewhere, or anything that may stand for it, this may not be the one.
  if (behind.includes(name) || `${before}${behind}`.includes('\\')) return undefined;
  const envelope = parseJson(`${before}0${behind}`);
  const data = parseJson(bytes.toString('utf8', start, end));
  if (!isObject(envelope) || envelope['data'] !== 0 || !isObject(data)) return undefined;
  return { ...envelope, data: Object.assign(data, { [asSent]: { source: bytes, start, end } }) };
}
