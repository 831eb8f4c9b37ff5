// Bytes gathered into one piece. Pieces of the usual size are used again: what is new each time costs more in
// garbage collection than in copying.

import type { Slice } from '../../slice.ts';

/** Bytes after which a chunk is full. */
const fullBytes = 64 * 1024;
/** What a row may take beyond. */
const usualBytes = fullBytes + fullBytes / 4;

const spare: Buffer[] = [];

export class Chunk {
  #bytes: Buffer = spare.pop() ?? Buffer.allocUnsafeSlow(usualBytes);
  #length = 0;

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  get isFull(): boolean {
    return this.#length >= fullBytes;
  }

  /** All that was added. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  add({ source, start, end }: Slice): void {
    this.#reserve(end - start);
    this.#length += source.copy(this.#bytes, this.#length, start, end);
  }

  /** Nobody needs its bytes any more. */
  release(): void {
    if (this.#bytes.length === usualBytes) spare.push(this.#bytes);
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.#length + more));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.release();
    this.#bytes = larger;
  }
}
