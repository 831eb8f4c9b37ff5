// Bytes within a buffer that is not theirs alone: cheaper than a Buffer for each, where there are many.

/** The bytes of `source` from `start` to `end`. */
export interface Slice {
  readonly source: Buffer;
  readonly start: number;
  readonly end: number;
}

/** They alone. */
export function bytesOf({ source, start, end }: Slice): Buffer {
  return source.subarray(start, end);
}

/** What they say in UTF-8. */
export function textOf({ source, start, end }: Slice): string {
  return source.toString('utf8', start, end);
}

/** Whether it has the bytes of `source` from `start` to `end`. A loop is faster than a call where they are few. */
export function isSame(slice: Slice, source: Buffer, start: number, end: number): boolean {
  if (slice.end - slice.start !== end - start) return false;
  for (let at = start; at < end; at += 1) {
    if (source[at] !== slice.source[slice.start + at - start]) return false;
  }
  return true;
}

export function sliceOf(text: string): Slice {
  const source = Buffer.from(text);
  return { source, start: 0, end: source.length };
}
