// The messages of Postgres' wire protocol, cut out of what arrives.

/** A message: its letter, and all of its bytes. */
export interface Frame {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Gives whole messages and keeps what has not arrived whole. */
export class Frames {
  #rest: Buffer = Buffer.alloc(0);

  *take(data: Buffer): Generator<Frame> {
    this.#rest = Buffer.concat([this.#rest, data]);
    while (this.#rest.length >= 5) {
      const length = 1 + this.#rest.readInt32BE(1);
      if (this.#rest.length < length) return;
      const bytes = this.#rest.subarray(0, length);
      this.#rest = this.#rest.subarray(length);
      yield { type: String.fromCharCode(bytes[0] ?? 0), bytes };
    }
  }
}

/** A message of these parts: texts end with a zero, numbers have four bytes. */
export function frame(type: string, ...parts: readonly (string | number)[]): Buffer {
  const body = parts.map((part) =>
    typeof part === 'string' ? Buffer.from(`${part}\0`) : int(part),
  );
  const length = body.reduce((sum, part) => sum + part.length, 4);
  return Buffer.concat([Buffer.from(type), int(length), ...body]);
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
