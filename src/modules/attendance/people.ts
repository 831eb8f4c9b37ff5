// Whose punches are read, and from when: the configured people, or everybody whom the app may see.

import type { JsonObject } from '../../json.ts';
import type { PgValue, Read } from '../../stream.ts';
import { dayMs, dayStart } from '../dates.ts';
import type { AttendanceSettings } from './settings.ts';

/** What is remembered of a person; times in epoch ms, 0 for never. */
export interface Person extends JsonObject {
  readonly user_id: string;
  readonly employee_type: string;
  /** Punches before were read. */
  readonly read_to: number;
  /** Attendance does not know this id, or not for this app. */
  readonly unknown_since: number;
  /** When an unknown id is tried again. */
  readonly retry_at: number;
}

/** Everybody who is known from earlier runs, by id. */
export async function rememberedPeople(
  { replica }: Read,
  { employeeType }: AttendanceSettings,
): Promise<Map<string, Person>> {
  const columns = ['user_id', 'read_to', 'unknown_since', 'retry_at'];
  const remembered = new Map<string, Person>();
  const where = { employee_type: employeeType };
  for await (const row of replica.rows('attendance_people', columns, where)) {
    const user_id = row['user_id'] ?? '';
    remembered.set(user_id, {
      user_id,
      employee_type: employeeType,
      read_to: timeOf(row['read_to']),
      unknown_since: timeOf(row['unknown_since']),
      retry_at: timeOf(row['retry_at']),
    });
  }
  return remembered;
}

/** Where the reading of a person starts: at the start date, or so far back that corrections are seen. */
export function startFor(
  person: Person | undefined,
  settings: AttendanceSettings,
  now: number,
): number {
  const lookback = settings.lookbackDays * dayMs;
  const start = settings.startDate === undefined ? undefined : dayStart(settings.startDate);
  if (person === undefined || person.read_to === 0) return start ?? now - lookback;
  return Math.max(start ?? 0, person.read_to - lookback);
}

function timeOf(text: PgValue | undefined): number {
  return text === null || text === undefined ? 0 : Date.parse(text);
}
