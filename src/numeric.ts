// Decimal numbers in the binary form of Postgres' `numeric`: digits to the base of 10,000, where the first stands, the
// sign, and how many decimal places are shown.
// https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/numeric.c (numeric_recv)

import { RecordError } from './errors.ts';

const decimalsPerDigit = 4;
const shortBytes = 2;
const headBytes = 4 * shortBytes;
const plus = 0x0000;
const minus = 0x4000;

const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
const scientific = /^([+-]?)(\d*)\.?(\d*)[eE]([+-]?\d+)$/;

const zero = 0x30;
const point = 0x2e;
/** The digits of a number; used again by the next. */
const digits: number[] = [];

/** Writes a decimal number with at most 15,000 digits. Gives where it ends. Throws RecordError for what is none. */
export function writeNumeric(text: string, target: Buffer, from: number): number {
  const decimal = plain.test(text) ? text : withoutExponent(text);
  const start = decimal.startsWith('-') || decimal.startsWith('+') ? 1 : 0;
  const found = decimal.indexOf('.');
  const wholeEnd = found === -1 ? decimal.length : found;
  readDigits(decimal, start, wholeEnd);
  let [first, last] = [0, digits.length];
  while (first < last && digits[first] === 0) first += 1;
  while (last > first && digits[last - 1] === 0) last -= 1;
  const isZero = first === last;
  const weight = Math.ceil((wholeEnd - start) / decimalsPerDigit) - 1 - first;
  let at = target.writeInt16BE(last - first, from);
  at = target.writeInt16BE(isZero ? 0 : weight, at);
  at = target.writeUInt16BE(!isZero && decimal.startsWith('-') ? minus : plus, at);
  at = target.writeInt16BE(Math.max(0, decimal.length - wholeEnd - 1), at);
  for (let place = first; place < last; place += 1) {
    at = target.writeInt16BE(digits[place] ?? 0, at);
  }
  return at;
}

/** Reads the digits, of which the last before the point ends there. */
function readDigits(decimal: string, start: number, wholeEnd: number): void {
  digits.length = 0;
  let digit = 0;
  let missing = (wholeEnd - start) % decimalsPerDigit || decimalsPerDigit;
  for (let at = start; at < decimal.length; at += 1) {
    const code = decimal.charCodeAt(at);
    if (code === point) continue;
    digit = digit * 10 + code - zero;
    missing -= 1;
    if (missing > 0) continue;
    digits.push(digit);
    digit = 0;
    missing = decimalsPerDigit;
  }
  if (missing < decimalsPerDigit) digits.push(digit * 10 ** missing);
}

function withoutExponent(text: string): string {
  const [, sign, before, behind, exponent] = scientific.exec(text) ?? [];
  if (before === undefined || behind === undefined || before + behind === '') {
    throw new RecordError('a value of a row is no numeric');
  }
  const all = before + behind;
  const place = before.length + Number(exponent);
  if (place <= 0) return `${sign}.${'0'.repeat(-place)}${all}`;
  return `${sign}${all.slice(0, place).padEnd(place, '0')}.${all.slice(place)}`;
}

/** The number as Postgres would show it. */
export function readNumeric(source: Buffer, start: number): string {
  const count = source.readInt16BE(start);
  const weight = source.readInt16BE(start + shortBytes);
  const sign = source.readUInt16BE(start + 2 * shortBytes) === minus ? '-' : '';
  const scale = source.readInt16BE(start + 3 * shortBytes);
  const placeOf = (power: number): string => {
    const index = weight - power;
    const isGiven = index >= 0 && index < count;
    const digit = isGiven ? source.readInt16BE(start + headBytes + index * shortBytes) : 0;
    return String(digit).padStart(decimalsPerDigit, '0');
  };
  const powers = (from: number, to: number): readonly number[] =>
    Array.from({ length: Math.max(0, from - to + 1) }, (_, step) => from - step);
  const whole = powers(weight, 0).map(placeOf).join('').replace(/^0+/, '');
  const behind = powers(-1, -Math.ceil(scale / decimalsPerDigit))
    .map(placeOf)
    .join('')
    .slice(0, scale);
  return `${sign}${whole === '' ? '0' : whole}${scale === 0 ? '' : `.${behind}`}`;
}
