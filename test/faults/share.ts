// The ordinary run has minutes: of long lists of like cases it takes every second one, the long run all.

export function shareOf<T>(cases: readonly T[]): readonly T[] {
  return process.env['LARKHOUSE_LONG'] === undefined
    ? cases.filter((_, place) => place % 2 === 0)
    : cases;
}
