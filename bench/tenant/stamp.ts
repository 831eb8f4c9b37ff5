// Bodies made before the clock starts: JSON texts with places of fixed width, into which each copy gets its numbers.

/** One object's JSON with its places. */
export interface Stamp {
  readonly bytes: Buffer;
  readonly places: readonly Place[];
}

interface Place {
  readonly at: number;
  readonly width: number;
  /** Which of the numbers goes here. */
  readonly index: number;
}

/** Within a string: a place for the number of this index, with leading zeros. */
export function digits(index: number, width: number): string {
  return `@${index}:${width}@`;
}

/** In a number's place: the number of this index, which must have just so many digits. */
export function number(index: number, width: number): string {
  return `@#${index}:${width}@`;
}

const marks = /"@#(\d+):(\d+)@"|@(\d+):(\d+)@/g;

export function stampOf(value: unknown): Stamp {
  const text = JSON.stringify(value);
  const pieces: Buffer[] = [];
  const places: Place[] = [];
  let length = 0;
  const add = (piece: Buffer): void => {
    pieces.push(piece);
    length += piece.length;
  };
  let end = 0;
  for (const mark of text.matchAll(marks)) {
    add(Buffer.from(text.slice(end, mark.index)));
    end = mark.index + mark[0].length;
    const width = Number(mark[2] ?? mark[4]);
    places.push({ at: length, width, index: Number(mark[1] ?? mark[3]) });
    add(Buffer.alloc(width, '0'));
  }
  add(Buffer.from(text.slice(end)));
  return { bytes: Buffer.concat(pieces), places };
}

/** One object with its numbers. */
export function stamped(stamp: Stamp, numbers: readonly number[]): Buffer {
  const body = Buffer.allocUnsafe(stamp.bytes.length);
  write(body, 0, stamp, numbers);
  return body;
}

/** So many objects with commas between, as the inside of a list. */
export function stampedList(
  count: number,
  stampAt: (place: number) => Stamp,
  numbersAt: (place: number) => readonly number[],
): Buffer {
  let length = Math.max(0, count - 1);
  for (let place = 0; place < count; place += 1) length += stampAt(place).bytes.length;
  const body = Buffer.allocUnsafe(length);
  let at = 0;
  for (let place = 0; place < count; place += 1) {
    if (place > 0) body[at++] = 0x2c;
    at = write(body, at, stampAt(place), numbersAt(place));
  }
  return body;
}

function write(body: Buffer, start: number, stamp: Stamp, numbers: readonly number[]): number {
  stamp.bytes.copy(body, start);
  for (const { at, width, index } of stamp.places) {
    let rest = numbers[index] ?? 0;
    for (let digit = start + at + width - 1; digit >= start + at; digit -= 1) {
      const tens = Math.floor(rest / 10);
      body[digit] = 0x30 + rest - tens * 10;
      rest = tens;
    }
  }
  return start + stamp.bytes.length;
}
