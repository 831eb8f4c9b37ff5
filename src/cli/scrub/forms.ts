// How a secret may be written: as it is, in JSON however deep, in URLs, within base64.

/** Shorter parts of base64 stand in harmless words, too. */
const shortestBase64 = 8;

export interface Form {
  /** The source of a regular expression that captures nothing. */
  readonly pattern: string;
  /** A part of whatever it matches. */
  readonly core: string;
}

export function formsOf(secret: string): readonly Form[] {
  const pattern = [...secret].map(formsOfCharacter).join('');
  return [{ pattern, core: coreOf(secret) }, ...base64Of(secret)];
}

/** The longest part that all ways of writing leave as it is. */
function coreOf(text: string): string {
  const parts = text.split(/[^A-Za-z0-9]+/);
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

function formsOfCharacter(character: string): string {
  if (/[A-Za-z0-9]/.test(character)) return character;
  const bytes = [...Buffer.from(character)];
  const inUrl = bytes.map((byte) => `%${inAnyCase(hex(byte, 2))}`).join('');
  const { length } = character;
  const units = Array.from({ length }, (_unit, at) => character.charCodeAt(at));
  const inJson = units.map((unit) => `${escapes}u${inAnyCase(hex(unit, 4))}`).join('');
  const forms = [...(plain.get(character) ?? [literally(character)]), inUrl, inJson];
  return `(?:${forms.join('|')})`;
}

/** Each level of JSON within JSON doubles them; more levels are none. */
const escapes = '\\\\{1,8}';

const plain: ReadonlyMap<string, readonly string[]> = new Map([
  [' ', [' ', '\\+']],
  ['\n', ['\\n', `${escapes}n`]],
  ['\r', ['\\r', `${escapes}r`]],
  ['\t', ['\\t', `${escapes}t`]],
  ['"', ['"', `${escapes}"`]],
  ['/', ['\\/', `${escapes}/`]],
  ['\\', [escapes]],
]);

/**
 * The characters that a secret alone decides, for each of the three ways it can lie in what is encoded:
 * so it is found behind a user name, too.
 */
function base64Of(secret: string): Form[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const from = Math.ceil((before * 8) / 6);
    const own = text.slice(from, Math.floor(((before + bytes.byteLength) * 8) / 6));
    if (own.length < shortestBase64) return [];
    return [{ pattern: own.replaceAll('+', plus).replaceAll('/', slash), core: coreOf(own) }];
  });
}

const plus = '(?:[+-]|%2[Bb])';
const slash = '(?:\\\\*/|_|%2[Ff])';

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, '0');
}

function inAnyCase(digits: string): string {
  return digits.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function literally(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
}
