// What the rounds of a figure come to.

export interface Summary {
  readonly rounds: readonly number[];
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Of the rounds that measured it; undefined when none did. */
export function summaryOf(values: readonly number[]): Summary | undefined {
  const rounds = values.filter((value) => Number.isFinite(value));
  const sorted = [...rounds].sort((one, other) => one - other);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return undefined;
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[sorted.length >> 1]];
  return { rounds, least, most, median: ((low ?? least) + (high ?? most)) / 2 };
}
