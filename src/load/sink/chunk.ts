// Bytes gathered into one piece.

export class Chunk {
  #bytes: Buffer;
  #length = 0;

  /** `size` is the bytes that are expected; there may be more. */
  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafeSlow(size + size / 4);
  }

  get length(): number {
    return this.#length;
  }

  /** All that was added. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  add(more: Buffer): void {
    this.#reserve(more.length);
    more.copy(this.#bytes, this.#length);
    this.#length += more.length;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.#length + more));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
