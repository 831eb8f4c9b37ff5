// Decimal numbers in the binary form of Postgres' `numeric`: digits to the base of 10,000, where the first stands, the
// sign, and how many decimal places are shown.
// https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/numeric.c (numeric_recv)

import { RecordError } from './errors.ts';

const decimalsPerDigit = 4;
const shortBytes = 2;
const headBytes = 4 * shortBytes;
const plus = 0x0000;
const minus = 0x4000;

const parts = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;

/** Writes a decimal number with at most 15,000 digits. Gives where it ends. Throws RecordError for what is none. */
export function writeNumeric(text: string, target: Buffer, from: number): number {
  const found = parts.exec(text);
  if (found === null) throw new RecordError('a value of a row is no numeric');
  const [, sign, before = '', behind = '', exponent = '0'] = found;
  const { whole, fraction } = shifted(before, behind, Number(exponent));
  const digits = digitsOf(whole, fraction);
  const first = digits.findIndex((digit) => digit !== 0);
  const last = digits.findLastIndex((digit) => digit !== 0);
  const weight = Math.ceil(whole.length / decimalsPerDigit) - 1 - first;
  const kept = first === -1 ? [] : digits.slice(first, last + 1);
  const head = [kept.length, kept.length === 0 ? 0 : weight];
  let at = from;
  for (const short of head) at = target.writeInt16BE(short, at);
  at = target.writeUInt16BE(kept.length > 0 && sign === '-' ? minus : plus, at);
  at = target.writeInt16BE(fraction.length, at);
  for (const digit of kept) at = target.writeInt16BE(digit, at);
  return at;
}

/** The decimal places before and behind the point, when it is moved to the right by so many. */
function shifted(
  before: string,
  behind: string,
  exponent: number,
): { readonly whole: string; readonly fraction: string } {
  const all = before + behind;
  const point = before.length + exponent;
  if (point <= 0) return { whole: '', fraction: '0'.repeat(-point) + all };
  return { whole: all.slice(0, point).padEnd(point, '0'), fraction: all.slice(point) };
}

function digitsOf(whole: string, fraction: string): readonly number[] {
  const wholeLength = Math.ceil(whole.length / decimalsPerDigit) * decimalsPerDigit;
  const places = whole.padStart(wholeLength, '0') + fraction;
  const digits: number[] = [];
  for (let at = 0; at < places.length; at += decimalsPerDigit) {
    digits.push(Number(places.slice(at, at + decimalsPerDigit).padEnd(decimalsPerDigit, '0')));
  }
  return digits;
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
