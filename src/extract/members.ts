// Finds members of the items of a list in the bytes of an answer, without parsing it.

import { JsonText } from '../json.ts';
import type { Listed } from './decode.ts';

const blank = 0x20;
const quote = 0x22;
const minus = 0x2d;
const zero = 0x30;
const nine = 0x39;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Depths of the keys that lead to an item's member: `{data: {<list>: [{<member>: ...}]}}`. */
const inEnvelope = 1;
const inData = 2;
const inItem = 4;
/** Shorter members are not worth it. */
const leastBytes = 24;
/** No place. */
const nowhere = -1;
const none: readonly number[] = [];

/**
 * The objects and lists among the members named in `verbatim` of the items of `data.<list>`, in their order, unless
 * they are short. What is in them is not checked but for its end. None when one of these names has a number.
 */
export function membersOf(bytes: Buffer, { list, verbatim = [] }: Listed): readonly JsonText[] {
  return verbatim.length === 0 ? [] : new Scan(bytes, list, verbatim).members();
}

class Scan {
  readonly #bytes: Buffer;
  readonly #list: string;
  readonly #verbatim: readonly string[];
  readonly #members: JsonText[] = [];
  readonly #escapes: number[] = [];
  #nameStart = 0;
  #nameEnd = 0;
  #isData = false;
  #isList = false;
  /** Of the member that is under way. */
  #start = nowhere;
  #firstEscape = 0;
  #hasNumber = false;

  constructor(bytes: Buffer, list: string, verbatim: readonly string[]) {
    this.#bytes = bytes;
    this.#list = list;
    this.#verbatim = verbatim;
  }

  members(): readonly JsonText[] {
    const bytes = this.#bytes;
    let depth = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const code = bytes[at] ?? 0;
      if (code === quote) at = this.#string(at + 1);
      else if (code === colon) this.#named(depth, at + 1);
      else if (code < blank) this.#escapes.push(at);
      else if (code > colon) {
        depth += depthAt(code);
        if (depth === inItem) this.#end(at + 1);
      }
    }
    return this.#hasNumber ? [] : this.#members;
  }

  /** Gives where the closing quote is; the length of all when there is none. */
  #string(start: number): number {
    this.#nameStart = start;
    this.#nameEnd = endOfString(this.#bytes, start, this.#escapes);
    return this.#nameEnd;
  }

  /** What was the last string is the name of the value from here on. */
  #named(depth: number, start: number): void {
    if (depth === inItem) {
      if (this.#isList && this.#verbatim.some((name) => this.#isName(name))) this.#begin(start);
    } else if (depth === inData) {
      this.#isList = this.#isData && this.#isName(this.#list);
    } else if (depth === inEnvelope) {
      this.#isData = this.#isName('data');
      this.#isList = false;
    }
  }

  #begin(start: number): void {
    const first = firstOfValue(this.#bytes, start);
    this.#hasNumber ||= first === minus || (first >= zero && first <= nine);
    this.#start = depthAt(first) === 1 ? start : nowhere;
    this.#firstEscape = this.#escapes.length;
  }

  #end(end: number): void {
    const start = this.#start;
    if (start === nowhere) return;
    this.#start = nowhere;
    if (end - start < leastBytes) return;
    const hasEscapes = this.#escapes.length > this.#firstEscape;
    const escapes = hasEscapes ? this.#escapes.slice(this.#firstEscape) : none;
    this.#members.push(new JsonText(this.#bytes, start, end, escapes));
  }

  /** Whether the ASCII text is the name. */
  #isName(text: string): boolean {
    const start = this.#nameStart;
    if (this.#nameEnd - start !== text.length) return false;
    for (let at = 0; at < text.length; at += 1) {
      if (this.#bytes[start + at] !== text.charCodeAt(at)) return false;
    }
    return true;
  }
}

/** Where the closing quote is; the length of all when there is none. Adds the places of `JsonText.escapes`. */
function endOfString(bytes: Buffer, start: number, escapes: number[]): number {
  for (let at = start; at < bytes.length; at += 1) {
    const code = bytes[at] ?? 0;
    if (code > backslash) continue;
    if (code === quote) return at;
    if (code === backslash) {
      escapes.push(at);
      at += 1;
      if (bytes[at] === backslash) escapes.push(at);
    } else if (code < blank) escapes.push(at);
  }
  return bytes.length;
}

/** The first byte of the value that begins here or behind white space. */
function firstOfValue(bytes: Buffer, from: number): number {
  let at = from;
  while ((bytes[at] ?? quote) <= blank) at += 1;
  return bytes[at] ?? quote;
}

/** How this byte changes the depth. */
function depthAt(code: number): -1 | 0 | 1 {
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
