// JSON without losing a digit: a number that a double cannot hold exactly keeps its source text.

import { type Slice, textOf } from './slice.ts';

/** A number kept as the text it was sent as, since a double would round it or drop a trailing zero. */
export interface RawNumber {
  readonly rawJSON: string;
}

/** JSON that nobody here looks into, as the UTF-8 that it came as. */
export class JsonText implements Slice {
  readonly source: Buffer;
  readonly start: number;
  readonly end: number;
  /** Whether a character in it is written by its number, where somebody has looked. */
  readonly hasNumbered: boolean | undefined;

  constructor(source: Buffer, start: number, end: number, hasNumbered?: boolean) {
    this.source = source;
    this.start = start;
    this.end = end;
    this.hasNumbered = hasNumbered;
  }

  get text(): string {
    return textOf(this);
  }

  /** What `JSON.stringify` takes. */
  toJSON(): Json {
    return parseJson(this.text);
  }
}

export type Json =
  | null
  | boolean
  | number
  | string
  | RawNumber
  | JsonText
  | readonly Json[]
  | JsonObject;

/** The bytes of an object that was read out of an answer; whoever copies its fields copies this. */
export const asSent: unique symbol = Symbol('as sent');

export interface JsonObject {
  readonly [field: string]: Json | undefined;
  readonly [asSent]?: Slice;
}

type Reviver = (key: string, value: Json, context: { readonly source?: string }) => Json;

declare global {
  /** What Node >= 22 offers and the language's own declarations do not name yet. */
  interface JSON {
    rawJSON(text: string): RawNumber;
    isRawJSON(value: unknown): value is RawNumber;
    parse(text: string, reviver: Reviver): Json;
  }
}

// Outside strings a number in a list or an object follows `:`, `[` or `,`. Inside a string the same
// letters may occur: that only costs the slower path, never a digit.
const riskyNumber =
  /[:[,]\s*-?(?:[\d.]{16,}|\d+\.\d*0(?![\d.])|\d[\d.]*[eE]|0(?=\s*[,\]}])(?<=-0))/;

/** Parses JSON text; numbers that do not survive a double come back as `RawNumber`. Throws SyntaxError. */
export function parseJson(text: string): Json {
  const value: Json = JSON.parse(text);
  if (typeof value === 'number') return numberOf(text.trim());
  // Much JSON has no number at all, or one early on: cheaper to see than to search the text.
  return holdsNumber(value) && riskyNumber.test(text) ? JSON.parse(text, keepDigits) : value;
}

function holdsNumber(value: Json): boolean {
  if (typeof value === 'number') return true;
  if (typeof value !== 'object' || value === null) return false;
  if (isArray(value)) return value.some(holdsNumber);
  if (!isObject(value)) return false;
  for (const name in value) if (holdsNumber(value[name] ?? null)) return true;
  return false;
}

function keepDigits(_key: string, value: Json, context: { readonly source?: string }): Json {
  return typeof value === 'number' && context.source !== undefined
    ? numberOf(context.source)
    : value;
}

/** The number that this JSON number text stands for, kept as text where a double would change it. */
export function numberOf(source: string): number | RawNumber {
  const value = Number(source);
  return String(value) === source ? value : JSON.rawJSON(source);
}

export function isRawNumber(value: unknown): value is RawNumber {
  return JSON.isRawJSON(value);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !isRawNumber(value) &&
    !(value instanceof JsonText)
  );
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The objects of a list field; absent, null and foreign members count as none. */
export function objectsOf(value: Json | undefined): readonly JsonObject[] {
  return isArray(value) ? value.filter(isObject) : [];
}

/** The strings of a list field; absent, null and foreign members count as none. */
export function stringsOf(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((member) => typeof member === 'string') : [];
}

/** JSON text with the keys of every object in one order: equal values have equal texts. */
export function stringifyJson(value: Json): string {
  return JSON.stringify(inOrder(value));
}

/** The value with the keys of every object in one order. `standIn` gives what an object counts as. */
export function inOrder(
  value: Json,
  standIn: (object: JsonObject) => JsonObject = (object) => object,
): Json {
  if (typeof value !== 'object' || value === null || isRawNumber(value)) return value;
  if (isArray(value)) return value.map((member) => inOrder(member, standIn));
  if (value instanceof JsonText) return inOrder(value.toJSON(), standIn);
  const object = standIn(value);
  const ordered: Record<string, Json> = {};
  for (const name of sorted(Object.keys(object))) {
    const member = inOrder(object[name] ?? null, standIn);
    // Assigned, it would be the prototype.
    if (name === '__proto__') Object.defineProperty(ordered, name, property(member));
    else ordered[name] = member;
  }
  return ordered;
}

function property(value: Json): PropertyDescriptor {
  return { value, enumerable: true };
}

const few = 32;

/** As `sort`, whose lists beside the names were a fifth of what making rows of forms allocated. */
function sorted(names: string[]): readonly string[] {
  if (names.length > few) return names.sort();
  for (let from = 1; from < names.length; from += 1) {
    const name = names[from] ?? '';
    let at = from;
    for (; at > 0; at -= 1) {
      const before = names[at - 1] ?? '';
      if (before <= name) break;
      names[at] = before;
    }
    names[at] = name;
  }
  return names;
}
