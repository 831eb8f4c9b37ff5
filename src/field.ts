// A value as a field in Postgres' binary formats, those of COPY and of arrays: its length, then what Postgres' own type
// receives. Nothing has to be escaped here, and nothing be parsed there but JSON.
// https://www.postgresql.org/docs/current/sql-copy.html (Binary Format)

import { RecordError } from './errors.ts';
import { readNumeric, writeNumeric } from './numeric.ts';
import type { PgType, PgValue, RowValue } from './stream.ts';

/** Bytes of the length of a field, and of an integer. */
export const intBytes = 4;
/** In place of the length of SQL null. */
const nullLength = -1;
/** Bytes that a value takes at most beside those of its text: a jsonb its version, a time or a number all of its own. */
const mostOwnBytes = 16;
/** Bytes of UTF-8 that a UTF-16 code unit takes at most. */
export const bytesPerUnit = 3;
/** Before the text of a jsonb. */
const jsonbVersion = 1;
/** 2000-01-01, from which Postgres counts; epoch ms. */
const epochMs = 946_684_800_000;
const usPerMs = 1000;
const ofLowBits = 2 ** 32;

/** UTF-16 code units up to which a loop is faster than a call. */
const shortUnits = 200;
const endOfOneByte = 0x80;
const endOfTwoBytes = 0x800;
const firstSurrogate = 0xd800;
const lastSurrogate = 0xdfff;

/** How a value in its text form is written and read. */
interface Form {
  /** Gives where it ends. */
  write(value: string, target: Buffer, from: number): number;
  read(source: Buffer, start: number, end: number): string;
}

const forms: Readonly<Record<PgType, Form>> = {
  text: {
    write: writeText,
    read: (source, start, end) => source.toString('utf8', start, end),
  },
  jsonb: {
    write: (value, target, from) => writeText(value, target, writeVersion(target, from)),
    read: (source, start, end) => source.toString('utf8', start + 1, end),
  },
  integer: {
    write(value, target, from) {
      const number = Number(value);
      requireHeld('integer', number === (number | 0));
      return target.writeInt32BE(number, from);
    },
    read: (source, start) => String(source.readInt32BE(start)),
  },
  bigint: {
    write(value, target, from) {
      requireHeld('bigint', /^-?\d{1,18}$/.test(value));
      return target.writeBigInt64BE(BigInt(value), from);
    },
    read: (source, start) => String(source.readBigInt64BE(start)),
  },
  boolean: {
    write(value, target, from) {
      requireHeld('boolean', value === 't' || value === 'f');
      return target.writeUInt8(value === 't' ? 1 : 0, from);
    },
    read: (source, start) => (source[start] === 1 ? 't' : 'f'),
  },
  timestamptz: { write: writeTime, read: readTime },
  numeric: { write: writeNumeric, read: readNumeric },
};

/** Bytes that the field of this value takes at most. */
export function mostBytes(value: RowValue): number {
  if (value === null) return intBytes;
  const own = typeof value === 'string' ? value.length * bytesPerUnit : value.end - value.start;
  return intBytes + mostOwnBytes + own;
}

/**
 * Writes the value as a field from this place of `target` on. Gives where it ends. Throws RecordError for what is no
 * value of the type.
 */
export function writeField(type: PgType, value: RowValue, target: Buffer, at: number): number {
  if (value === null) return target.writeInt32BE(nullLength, at);
  const from = at + intBytes;
  const end =
    typeof value === 'string'
      ? forms[type].write(value, target, from)
      : writeBytes(value, target, writeVersion(target, from));
  target.writeInt32BE(end - from, at);
  return end;
}

/** Where the field ends that begins here. */
export function endOfField(source: Buffer, at: number): number {
  return at + intBytes + Math.max(0, source.readInt32BE(at));
}

/** The value of the field that begins here, in its text form. */
export function valueAt(type: PgType, source: Buffer, at: number): PgValue {
  const length = source.readInt32BE(at);
  const start = at + intBytes;
  return length === nullLength ? null : forms[type].read(source, start, start + length);
}

/** What the hexadecimal digits stand for, by their codes. */
const nibbles = new Uint8Array(128);
for (const [value, digit] of [...'0123456789abcdef'].entries()) {
  nibbles[digit.charCodeAt(0)] = value;
}

/** Writes the first bytes of a text in hex, each changed by one of the mask. Gives where they end. */
export function writeHex(text: string, mask: Uint8Array, target: Buffer, from: number): number {
  for (let byte = 0; byte < mask.length; byte += 1) {
    const high = nibbles[text.charCodeAt(2 * byte)] ?? 0;
    const low = nibbles[text.charCodeAt(2 * byte + 1)] ?? 0;
    target[from + byte] = ((high << 4) | low) ^ (mask[byte] ?? 0);
  }
  return from + mask.length;
}

/** Writes text as UTF-8 from this place of `target` on. Gives where it ends. */
export function writeText(value: string, target: Buffer, from: number): number {
  const end = value.length <= shortUnits ? writeShort(value, target, from) : undefined;
  return end ?? from + target.write(value, from);
}

/** Cheaper than a call that leaves the engine. Undefined for what has surrogates. */
function writeShort(value: string, target: Buffer, from: number): number | undefined {
  let at = from;
  for (let unit = 0; unit < value.length; unit += 1) {
    const code = value.charCodeAt(unit);
    if (code < endOfOneByte) {
      target[at] = code;
      at += 1;
      continue;
    }
    if (code >= firstSurrogate && code <= lastSurrogate) return undefined;
    at = writeBeyondAscii(code, target, at);
  }
  return at;
}

/** Writes a character of two or three bytes as UTF-8. */
function writeBeyondAscii(code: number, target: Buffer, from: number): number {
  let at = from;
  if (code < endOfTwoBytes) target[at] = 0xc0 | (code >> 6);
  else {
    target[at] = 0xe0 | (code >> 12);
    at += 1;
    target[at] = 0x80 | ((code >> 6) & 0x3f);
  }
  target[at + 1] = 0x80 | (code & 0x3f);
  return at + 2;
}

function writeVersion(target: Buffer, from: number): number {
  target[from] = jsonbVersion;
  return from + 1;
}

function writeBytes(
  { source, start, end }: Exclude<RowValue, PgValue>,
  target: Buffer,
  from: number,
): number {
  return from + source.copy(target, from, start, end);
}

/** An ISO text. In µs most times are beyond what a double holds exactly, so that their halves are reckoned apart. */
function writeTime(value: string, target: Buffer, from: number): number {
  const ms = Date.parse(value) - epochMs;
  requireHeld('timestamptz', !Number.isNaN(ms));
  const high = Math.floor(ms / ofLowBits);
  const low = (ms - high * ofLowBits) * usPerMs;
  const carry = Math.floor(low / ofLowBits);
  target.writeInt32BE(high * usPerMs + carry, from);
  return target.writeUInt32BE(low - carry * ofLowBits, from + intBytes);
}

/** Throws RecordError unless the type can hold the value: readers of columns let no other through. */
function requireHeld(type: PgType, isHeld: boolean): void {
  if (!isHeld) throw new RecordError(`a value of a row is no ${type}`);
}

function readTime(source: Buffer, start: number): string {
  const ms = Number(source.readBigInt64BE(start) / BigInt(usPerMs)) + epochMs;
  return new Date(ms).toISOString();
}
