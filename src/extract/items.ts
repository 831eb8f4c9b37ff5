// Reads the items of a list out of the bytes of an answer, in one pass. Members that are only stored are not looked
// into; the others mostly are short texts and whole numbers. What is neither is left to JSON.parse, piece by piece.

import { asSent, type Json, type JsonObject, JsonText, parseJson } from '../json.ts';
import type { Slice } from '../slice.ts';
import {
  closeBrace,
  closeBracket,
  closingQuote,
  colon,
  comma,
  type Escapes,
  endOfBlanks,
  endOfNested,
  endOfPlain,
  nine,
  openBrace,
  openBracket,
  quote,
  zero,
} from './scan.ts';

/** Of a whole number that is exact for sure. */
const mostDigits = 15;

export interface ItemMembers {
  /** Not looked into. */
  readonly verbatim: readonly string[] | undefined;
  /** Those that are read; all unless given. */
  readonly only: readonly string[] | undefined;
}

export class ItemReader {
  readonly #bytes: Buffer;
  readonly #members: ItemMembers;
  /** ASCII names of members by their place in an item: the next item mostly has the same. */
  readonly #names: string[] = [];
  #at: number;
  readonly #escapes: Escapes = { any: false, numbered: false };

  /** Reads on from `start`. Of bytes that are UTF-8. */
  constructor(bytes: Buffer, start: number, members: ItemMembers) {
    this.#bytes = bytes;
    this.#at = start;
    this.#members = members;
  }

  /** Where the list has ended. */
  get at(): number {
    return this.#at;
  }

  /**
   * The items of the list that begins here; objects and lists that are members named in `verbatim` are JsonText of
   * these bytes, in which nothing is checked but where they end. Undefined where an item is no plain object.
   * Throws SyntaxError.
   */
  list(): readonly JsonObject[] | undefined {
    const items: JsonObject[] = [];
    if (!this.#takes(openBracket)) return undefined;
    if (this.#takes(closeBracket)) return items;
    do {
      const item = this.#item();
      if (item === undefined) return undefined;
      items.push(item);
    } while (this.#takes(comma));
    return this.#takes(closeBracket) ? items : undefined;
  }

  #item(): JsonObject | undefined {
    const item: Record<string, Json> & { [asSent]?: Slice } = {};
    if (!this.#takes(openBrace)) return undefined;
    const start = this.#at - 1;
    if (this.#takes(closeBrace)) return item;
    let place = 0;
    do {
      const name = this.#name(place);
      if (name === undefined || !this.#takes(colon)) return undefined;
      if (this.#members.only?.includes(name) === false) this.#skip();
      else item[name] = this.#value(name);
      place += 1;
    } while (this.#takes(comma));
    if (!this.#takes(closeBrace)) return undefined;
    item[asSent] = { source: this.#bytes, start, end: this.#at };
    return item;
  }

  /** Undefined when it has escapes, or is none that can be given to an object like others. */
  #name(place: number): string | undefined {
    if (!this.#takes(quote)) return undefined;
    const known = this.#names[place];
    if (known !== undefined && this.#takesName(known)) return known;
    const start = this.#at;
    const end = closingQuote(this.#bytes, start, this.#escapes);
    const name = this.#bytes.toString('utf8', start, end);
    if (this.#escapes.any || name === '__proto__') return undefined;
    if (name.length === end - start) this.#names[place] = name;
    this.#at = end + 1;
    return name;
  }

  /** Whether this ASCII text and a quote come next; then they are taken. */
  #takesName(text: string): boolean {
    const bytes = this.#bytes;
    const start = this.#at;
    const { length } = text;
    if (bytes[start + length] !== quote) return false;
    for (let at = 0; at < length; at += 1) {
      if (bytes[start + at] !== text.charCodeAt(at)) return false;
    }
    this.#at = start + length + 1;
    return true;
  }

  #value(name: string): Json {
    const bytes = this.#bytes;
    const start = endOfBlanks(bytes, this.#at);
    const first = bytes[start] ?? 0;
    if (first === quote) return this.#string(start);
    if (first >= zero && first <= nine) return this.#number(start);
    const isNested = first === openBrace || first === openBracket;
    if (!isNested) return this.#parsed(start, endOfPlain(bytes, start));
    const end = endOfNested(bytes, start, this.#escapes);
    if (this.#members.verbatim?.includes(name) !== true || end > bytes.length)
      return this.#parsed(start, end);
    this.#at = end;
    const { numbered } = this.#escapes;
    this.#forgetEscapes();
    return new JsonText(bytes, start, end, numbered);
  }

  /** Behind the next value, in which nothing is checked but where it ends. */
  #skip(): void {
    const bytes = this.#bytes;
    const start = endOfBlanks(bytes, this.#at);
    const first = bytes[start] ?? 0;
    if (first === quote) this.#at = closingQuote(bytes, start + 1, this.#escapes) + 1;
    else if (first === openBrace || first === openBracket)
      this.#at = endOfNested(bytes, start, this.#escapes);
    else this.#at = endOfPlain(bytes, start);
    this.#forgetEscapes();
  }

  #forgetEscapes(): void {
    this.#escapes.any = false;
    this.#escapes.numbered = false;
  }

  #string(start: number): Json {
    const end = closingQuote(this.#bytes, start + 1, this.#escapes);
    if (this.#escapes.any) return this.#parsed(start, end + 1);
    this.#at = end + 1;
    return this.#bytes.toString('utf8', start + 1, end);
  }

  #number(start: number): Json {
    const bytes = this.#bytes;
    let value = 0;
    let at = start;
    for (let code = bytes[at] ?? 0; code >= zero && code <= nine; code = bytes[at] ?? 0) {
      value = value * 10 + code - zero;
      at += 1;
    }
    const end = endOfPlain(bytes, at);
    const isExact = at === end && at - start <= mostDigits && bytes[start] !== zero;
    if (!isExact) return this.#parsed(start, end);
    this.#at = at;
    return value;
  }

  #parsed(start: number, end: number): Json {
    this.#forgetEscapes();
    this.#at = end;
    return parseJson(this.#bytes.toString('utf8', start, end));
  }

  /** Whether this comes next, behind white space; then it is taken. */
  #takes(code: number): boolean {
    const at = endOfBlanks(this.#bytes, this.#at);
    if (this.#bytes[at] !== code) return false;
    this.#at = at + 1;
    return true;
  }
}
