// A day of hourly runs at an office, hour by hour on its own clock.

import type { Office } from '../../test/integration/history/office.ts';
import { searchLagMs } from '../../test/integration/history/rules.ts';
import { sync } from '../../test/integration/history/sync.ts';
import type { Database } from '../stand/postgres.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** The first hours carry the load of the first run. */
const warmUpHours = 6;
const measuredHours = 24;

export interface Day {
  /** Made by larkhouse, and by one that lists and reads all that was created in the last 7 days. */
  readonly calls: number;
  readonly lookback: number;
  /** Instances that had changed their status before a run, and in the warehouse after it had not. */
  readonly late: number;
}

/** Throws when a run is not complete. */
export async function measureDay(office: Office, database: Database): Promise<Day> {
  const { site, desk } = office;
  const { clock } = site;
  let [calls, lookback, late] = [0, 0, 0];
  for (let hour = -warmUpHours; hour < measuredHours; hour += 1) {
    const started = clock.now();
    const outcomes = await sync(site, hour + warmUpHours + 1);
    const failed = outcomes.find(({ status }) => status !== 'complete');
    if (failed !== undefined) throw new Error(`${failed.stream}: ${failed.error}`);
    if (hour >= 0) {
      calls += outcomes.reduce((sum, { requests }) => sum + requests, 0);
      lookback += lookbackCalls(office, started);
      late += await countLate(office, database, started);
    }
    clock.moveTo(started + hourMs);
    desk.workUntil(clock.now());
  }
  return { calls, lookback, late };
}

/** A page holds 100 codes, a window 10 hours. */
function lookbackCalls({ founding }: Office, now: number): number {
  const created = founding.world.book.list(now, { from: now - 7 * dayMs }).length;
  return Math.ceil((7 * 24) / 10) + created + 1;
}

async function countLate(
  { founding }: Office,
  database: Database,
  started: number,
): Promise<number> {
  const rows = await database.rows<{ instance_code: string; status: string }>(
    'select instance_code, status from lark.approval_instances',
  );
  const { book } = founding.world;
  return rows.filter(({ instance_code, status }) => {
    const then = book.one(instance_code, started - searchLagMs - 2000);
    const now = book.one(instance_code, started);
    return status !== then?.status && status !== now?.status && then !== undefined;
  }).length;
}
