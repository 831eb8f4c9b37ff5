// Bytes within a buffer that is not theirs alone: cheaper than a Buffer for each, where there are many.

/** The bytes of `source` from `start` to `end`. */
export interface Slice {
  readonly source: Buffer;
  readonly start: number;
  readonly end: number;
}

/** What they say in UTF-8. */
export function textOf({ source, start, end }: Slice): string {
  return source.toString('utf8', start, end);
}

/** Whether both have the same bytes. */
export function isSame(left: Slice, right: Slice): boolean {
  const { source, start, end } = right;
  if (left.end - left.start !== end - start) return false;
  return left.source.compare(source, start, end, left.start, left.end) === 0;
}

export function sliceOf(text: string): Slice {
  const source = Buffer.from(text);
  return { source, start: 0, end: source.length };
}
