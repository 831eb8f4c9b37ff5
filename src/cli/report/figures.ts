// Numbers as a report shows them.

/** 950, 1.2k, 34k, 5.6M: for the marks of an axis. */
export function compact(value: number): string {
  const units = [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const;
  const [size, unit] = units.find(([least]) => Math.abs(value) >= least) ?? [1, ''];
  const scaled = value / size;
  return `${Number(scaled.toFixed(Math.abs(scaled) < 10 ? 1 : 0))}${unit}`;
}

/** 512 B, 1.5 kB, 20 MB: powers of 1024, as Postgres counts. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, value)) / 10));
  const scaled = value / 1024 ** power;
  return `${Number(scaled.toFixed(scaled < 10 && power > 0 ? 1 : 0))} ${units[power] ?? ''}`;
}

/** 12.3 %; below a tenth of a percent but not nothing: < 0.1 % */
export function share(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '0 %';
  const percent = (100 * part) / whole;
  return percent < 0.1 ? '< 0.1 %' : `${Number(percent.toFixed(1))} %`;
}

/** 40 s, 5 min, 3 h, 12 d: how old something of so many ms is. */
export function briefAge(ms: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
  ] as const;
  const [unit, length] = units.find(([, least]) => ms >= least) ?? ['s', 1000];
  return `${Math.max(0, Math.floor(ms / length))} ${unit}`;
}
