// Decimal numbers as texts, rounded without losing a digit before the point.

/** The number with so many decimals at most, halves away from zero; fewer stay as they are. */
export function rounded(number: string, decimals: number): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = form.exec(number) ?? [];
  const scale = fraction.length - Number(exponent);
  if (scale <= decimals) return number;
  const kept = divided(BigInt(whole + fraction), 10n ** BigInt(scale - decimals));
  const digits = String(kept).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  const text = decimals === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return sign === '-' && kept !== 0n ? `-${text}` : text;
}

const form = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;

function divided(value: bigint, by: bigint): bigint {
  return (value + by / 2n) / by;
}
