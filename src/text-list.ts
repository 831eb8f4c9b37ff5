// Texts as a parameter, in the binary form of Postgres' `text[]`: nothing has to be quoted, and nothing parsed.

import { writeAscii, writeValue } from './field.ts';

const dimensions = 1;
/** Whether there are nulls, which only matters to those who read it. */
const flags = 0;
const typeOfText = 25;
const lowerBound = 1;
/** In place of the bytes of a null. */
const nullLength = -1;
const intBytes = 4;
const countAt = 3 * intBytes;
const headBytes = 5 * intBytes;
/** Bytes that a key or a hash has about, with its length. */
const usualBytes = 40;

/** Bytes of UTF-8 that a UTF-16 code unit takes at most. */
const bytesPerUnit = 3;

/** Grows by texts, and by the values of fields of COPY's format. */
export class TextList {
  #bytes: Buffer;
  #end = headBytes;
  #count = 0;

  /** `count` is about how many there will be. */
  constructor(count: number) {
    this.#bytes = Buffer.allocUnsafeSlow(headBytes + count * usualBytes);
    const head = [dimensions, flags, typeOfText, 0, lowerBound];
    for (const [place, int] of head.entries()) this.#bytes.writeInt32BE(int, place * intBytes);
  }

  /** The parameter. */
  get bytes(): Buffer {
    this.#bytes.writeInt32BE(this.#count, countAt);
    return this.#bytes.subarray(0, this.#end);
  }

  add(source: Buffer, start: number, end: number): void {
    this.#reserve(intBytes + end - start);
    const from = this.#end + intBytes;
    const to = writeValue(source, start, end, this.#bytes, from);
    this.#bytes.writeInt32BE(to === undefined ? nullLength : to - from, this.#end);
    this.#end = to ?? from;
    this.#count += 1;
  }

  addText(text: string): void {
    this.#reserve(intBytes + text.length * bytesPerUnit);
    const from = this.#end + intBytes;
    const to = from + this.#bytes.write(text, from);
    this.#bytes.writeInt32BE(to - from, this.#end);
    this.#end = to;
    this.#count += 1;
  }

  /** The first characters of a text in ASCII, of which there are so many. */
  addAscii(text: string, length: number): void {
    this.#reserve(intBytes + length);
    this.#bytes.writeInt32BE(length, this.#end);
    this.#end = writeAscii(text, this.#bytes, this.#end + intBytes, length);
    this.#count += 1;
  }

  #reserve(more: number): void {
    if (this.#end + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.#end + more));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}
