/** Deterministic chance: the same key always draws the same sequence. */

/** A sequence of draws. */
export interface Draw {
  /** 0 <= whole number < n. */
  int(n: number): number;
  /** `from` <= whole number <= `to`. */
  between(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** `length` lower-case hexadecimal digits. */
  hex(length: number): string;
  /** `length` decimal digits. */
  decimal(length: number): string;
  /** Exponentially distributed with this mean. */
  wait(mean: number): number;
}

/** The sequence that belongs to `key`. */
export function draw(...key: readonly (string | number)[]): Draw {
  let state = hash(key.join('|'));
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (n: number): number => Math.floor(next() * n);
  const text = (length: number, digits: string): string =>
    Array.from({ length }, () => digits[int(digits.length)]).join('');
  return {
    int,
    between: (from, to) => from + int(to - from + 1),
    chance: (probability) => next() < probability,
    pick(list) {
      const index = int(list.length);
      const found = list[index];
      if (found === undefined) throw new RangeError('nothing to pick from');
      return found;
    },
    hex: (length) => text(length, '0123456789abcdef'),
    decimal: (length) => text(length, '0123456789'),
    wait: (mean) => -Math.log(1 - next()) * mean,
  };
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
