// Spans of time in ms, and days of the configuration as instants.

export const minuteMs: number = 60_000;
export const hourMs: number = 60 * minuteMs;
export const dayMs: number = 24 * hourMs;

/**
 * The first instant, in ms, at which it is this day (yyyy-mm-dd) anywhere: the tenant's zone is not known,
 * and a punch or an approval of that day must not be missed in any.
 */
export function dayStart(day: string): number {
  return Date.parse(`${day}T00:00:00+14:00`);
}
