/** The company's days: counted from 1970-01-01 in its own time zone, UTC+8. */

export const MINUTE = 60_000;
export const HOUR: number = 60 * MINUTE;
export const DAY: number = 24 * HOUR;
const ZONE = 8 * HOUR;

/** The day that `t` (epoch ms) falls on. */
export function dayOf(t: number): number {
  return Math.floor((t + ZONE) / DAY);
}

/** Epoch ms of `hours` o'clock on a day. */
export function timeOn(day: number, hours = 0): number {
  return day * DAY - ZONE + Math.round(hours * HOUR);
}

/** Monday to Friday. */
export function isWorkday(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday !== 0 && weekday !== 6;
}

/** `yyyyMMdd` of a day. */
export function dateText(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10).replaceAll('-', '');
}

/** RFC 3339 with the company's offset, to the second. */
export function zoned(t: number): string {
  return `${new Date(t + ZONE).toISOString().slice(0, 19)}+08:00`;
}
