// Values as a parameter, in the binary form of an array of Postgres': nothing has to be quoted, and nothing parsed.

import { bytesPerUnit, intBytes, writeHex, writeText } from './field.ts';
import type { PgType } from './stream.ts';

const dimensions = 1;
/** Whether there are nulls, which only matters to those who read it. */
const flags = 0;
/** https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat */
const typeIds: Readonly<Record<PgType | 'bytea', number>> = {
  boolean: 16,
  bytea: 17,
  bigint: 20,
  integer: 23,
  text: 25,
  timestamptz: 1184,
  numeric: 1700,
  jsonb: 3802,
};
const lowerBound = 1;
const countAt = 3 * intBytes;
const headBytes = 5 * intBytes;
/** Bytes that a key or a hash has about, with its length. */
const usualBytes = 24;

/** Grows by values of one type. */
export class ValueList {
  #bytes: Buffer;
  #end = headBytes;
  #count = 0;

  /** `count` is about how many there will be. */
  constructor(type: PgType | 'bytea', count: number) {
    this.#bytes = Buffer.allocUnsafeSlow(headBytes + count * usualBytes);
    const head = [dimensions, flags, typeIds[type], 0, lowerBound];
    for (const [place, int] of head.entries()) this.#bytes.writeInt32BE(int, place * intBytes);
  }

  /** The parameter. */
  get bytes(): Buffer {
    this.#bytes.writeInt32BE(this.#count, countAt);
    return this.#bytes.subarray(0, this.#end);
  }

  /** A value of a row, as the field that it is. */
  addField(source: Buffer, start: number, end: number): void {
    this.#reserve(end - start);
    this.#end += source.copy(this.#bytes, this.#end, start, end);
    this.#count += 1;
  }

  addText(text: string): void {
    this.#reserve(intBytes + text.length * bytesPerUnit);
    const from = this.#end + intBytes;
    const to = writeText(text, this.#bytes, from);
    this.#bytes.writeInt32BE(to - from, this.#end);
    this.#end = to;
    this.#count += 1;
  }

  /** The first bytes of a text in hex, each changed by one of the mask. */
  addHex(text: string, mask: Uint8Array): void {
    this.#reserve(intBytes + mask.length);
    const from = this.#bytes.writeInt32BE(mask.length, this.#end);
    this.#end = writeHex(text, mask, this.#bytes, from);
    this.#count += 1;
  }

  #reserve(more: number): void {
    if (this.#end + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.#end + more));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}
