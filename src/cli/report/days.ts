// The days that a report shows: those of 31 days up to today, in UTC, so that they hold the whole month.

const dayMs = 86_400_000;
const shown = 31;

/** YYYY-MM-DD, the oldest first. */
export function daysUpTo(at: Date): readonly string[] {
  return Array.from({ length: shown }, (_, index) =>
    new Date(at.getTime() - (shown - 1 - index) * dayMs).toISOString().slice(0, 10),
  );
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Nov 3 */
export function shortDay(day: string): string {
  return `${months[Number(day.slice(5, 7)) - 1] ?? ''} ${Number(day.slice(8, 10))}`;
}
