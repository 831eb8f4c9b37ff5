// JSON parsed but for some members of the items of a list, which stay the text that they came as: what is only
// stored need not be taken apart and put together again.

import { randomBytes } from 'node:crypto';
import { isObject, type Json, JsonText, objectsOf, parseJson } from '../json.ts';
import type { Listed } from './decode.ts';

const space = 0x20;
const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Stands for a member until its item is parsed. No answer has it, since nobody else knows it. */
const mark = randomBytes(9).toString('base64url');
/** Shorter members are not worth it, and have no room for the mark and a number. */
const leastBytes = 24;

/** Depths of the keys that lead to an item's member: `{data: {<list>: [{<member>: ...}]}}`. */
const inEnvelope = 1;
const inData = 2;
const inItem = 4;

/**
 * The same as `parseJson` of the text, with objects and lists that are members named in `verbatim` of the items of
 * `data.<list>` as JsonText, unless they are short. What is in them is not checked but for its end. Of bytes that
 * are UTF-8, and used up: they are not what they were. Throws SyntaxError.
 */
export function parseAround(bytes: Buffer, { list, verbatim = [] }: Listed): Json {
  if (verbatim.length === 0) return parseJson(bytes.toString());
  const { length, members } = cutOut(bytes, list, verbatim);
  const envelope = parseJson(bytes.toString('utf8', 0, length));
  if (members.length > 0) putBack(envelope, members, { list, verbatim });
  return envelope;
}

interface Cut {
  /** Bytes of what is left: each of the members replaced by the mark and its place among them. */
  readonly length: number;
  readonly members: readonly JsonText[];
}

function cutOut(bytes: Buffer, list: string, verbatim: readonly string[]): Cut {
  const members: JsonText[] = [];
  let [from, length, depth, nameStart, nameEnd] = [0, 0, 0, 0, 0];
  let [isData, isList] = [false, false];
  const isNamed = (name: string): boolean => isAt(bytes, nameStart, nameEnd, name);
  const keep = (end: number): void => {
    bytes.copyWithin(length, from, end);
    length += end - from;
  };
  const cut = (start: number): number => {
    const end = endOfContainer(bytes, start);
    if (end === undefined || end - start < leastBytes) return start;
    const member = new JsonText(bytes.toString('utf8', start, end));
    keep(start);
    length += bytes.write(`"${mark}${members.push(member) - 1}"`, length, 'latin1');
    from = end;
    return end;
  };
  for (let at = 0; at < bytes.length; at += 1) {
    const code = bytes[at];
    if (code === quote) {
      nameStart = at + 1;
      nameEnd = endOfString(bytes, nameStart);
      at = nameEnd;
    } else if (code !== colon) depth += depthAt(code);
    else if (depth === inEnvelope) [isData, isList] = [isNamed('data'), false];
    else if (depth === inData) isList = isData && isNamed(list);
    else if (depth === inItem && isList && verbatim.some(isNamed)) at = cut(at + 1) - 1;
  }
  keep(bytes.length);
  return { length, members };
}

/** Whether the ASCII text is what is there. */
function isAt(bytes: Buffer, start: number, end: number, text: string): boolean {
  if (end - start !== text.length) return false;
  for (let at = 0; at < text.length; at += 1) {
    if (bytes[start + at] !== text.charCodeAt(at)) return false;
  }
  return true;
}

/** Where the closing quote is; the length of all when there is none. */
function endOfString(bytes: Buffer, start: number): number {
  for (let at = start; at < bytes.length; at += 1) {
    const code = bytes[at];
    if (code === quote) return at;
    if (code === backslash) at += 1;
  }
  return bytes.length;
}

/** Behind the object or list that begins here; undefined when none does, or it does not end. */
function endOfContainer(bytes: Buffer, start: number): number | undefined {
  let at = start;
  while ((bytes[at] ?? quote) <= space) at += 1;
  if (depthAt(bytes[at]) !== 1) return undefined;
  for (let depth = 0; at < bytes.length; at += 1) {
    const code = bytes[at];
    if (code === quote) at = endOfString(bytes, at + 1);
    else depth += depthAt(code);
    if (depth === 0) return at + 1;
  }
  return undefined;
}

/** How this byte changes the depth. */
function depthAt(code: number | undefined): -1 | 0 | 1 {
  switch (code) {
    case openBrace:
    case openBracket:
      return 1;
    case closeBrace:
    case closeBracket:
      return -1;
    default:
      return 0;
  }
}

function putBack(
  envelope: Json,
  members: readonly JsonText[],
  { list, verbatim = [] }: Listed,
): void {
  const data = isObject(envelope) ? envelope['data'] : undefined;
  for (const item of isObject(data) ? objectsOf(data[list]) : []) {
    for (const name of verbatim) {
      const value = item[name];
      if (typeof value !== 'string' || !value.startsWith(mark)) continue;
      Object.assign(item, { [name]: members[Number(value.slice(mark.length))] });
    }
  }
}
