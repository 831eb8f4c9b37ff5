// Where things end in the bytes of JSON. What is in them is not checked.

export const blank = 0x20;
export const quote = 0x22;
export const comma = 0x2c;
export const zero = 0x30;
export const nine = 0x39;
export const colon = 0x3a;
export const openBracket = 0x5b;
export const backslash = 0x5c;
export const closeBracket = 0x5d;
const letterU = 0x75;
export const openBrace = 0x7b;
export const closeBrace = 0x7d;
const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Where white space ends. */
export function endOfBlanks(bytes: Buffer, from: number): number {
  let at = from;
  for (;;) {
    const code = bytes[at];
    if (code !== blank && code !== lineFeed && code !== carriageReturn && code !== tab) return at;
    at += 1;
  }
}

/** 1 for the bytes that do not stand for themselves in a string. */
const isSpecial = new Uint8Array(256).fill(1, 0, blank);
isSpecial[quote] = 1;
isSpecial[backslash] = 1;

/** What was met in strings: any escape or control character, and any character that is written by its number. */
export interface Escapes {
  any: boolean;
  numbered: boolean;
}

/** Where a string that began before `from` has its closing quote; beyond all bytes when it has none. */
export function closingQuote(bytes: Buffer, from: number, escapes: Escapes): number {
  let at = from;
  for (;;) {
    while (isSpecial[bytes[at] ?? quote] === 0) at += 1;
    const code = bytes[at] ?? quote;
    if (code === quote) return at;
    escapes.any = true;
    at += 1;
    if (code !== backslash) continue;
    if (bytes[at] === letterU) escapes.numbered = true;
    at += 1;
  }
}

/** How a byte changes the depth. */
const turns = new Int8Array(256);
turns[openBrace] = 1;
turns[openBracket] = 1;
turns[closeBrace] = -1;
turns[closeBracket] = -1;

/** Behind the object or list that opens at `from`. */
export function endOfNested(bytes: Buffer, from: number, escapes: Escapes): number {
  const { length } = bytes;
  let depth = 0;
  for (let at = from; at < length; at += 1) {
    const code = bytes[at] ?? 0;
    if (code === quote) at = closingQuote(bytes, at + 1, escapes);
    else if (code >= openBracket) {
      depth += turns[code] ?? 0;
      if (depth === 0) return at + 1;
    }
  }
  return length + 1;
}

/** Behind the number or the word that begins at `from`. */
export function endOfPlain(bytes: Buffer, from: number): number {
  let at = from;
  for (;;) {
    const code = bytes[at] ?? comma;
    if (code <= blank || code === comma || code === closeBracket || code === closeBrace) return at;
    at += 1;
  }
}
