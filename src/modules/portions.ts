// Lists in portions, for calls that take so many ids at once.

/** At most `size` each, in their order. */
export function* portionsOf<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}
