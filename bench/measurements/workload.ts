// What a day of hourly runs of approvals costs in calls, on a company of 50 instances a day that are decided
// within hours or weeks; against reading again, each time, all that was created in the last 7 days.

import { openOffice } from '../../test/integration/history/office.ts';
import { given, type Measurement, type Quantities, ratio, type Trial } from '../figure.ts';
import type { Database } from '../stand/postgres.ts';
import { type Stand, withDatabase } from '../stand/stand.ts';
import { measureDay } from './workload-day.ts';

const perDay = 50;

export const workload: Measurement = {
  name: 'workload',
  figures: [
    {
      name: 'workload.calls',
      title: 'approval calls of hourly runs / of a 7-day lookback that reads all again',
      unit: 'x',
      better: 'less',
      bar: 1 / 6,
      limit: 'new and changed ones only',
      of: ratio('both calls', 'both lookback calls'),
    },
    {
      name: 'workload.late',
      title: 'closings that the next run did not see (the lookback sees all)',
      unit: 'rows',
      better: 'less',
      bar: 0,
      of: given('both late'),
    },
    {
      name: 'workload.calls-without-searches',
      title: 'the same calls where the app may not search',
      unit: 'x',
      better: 'less',
      of: ratio('none calls', 'none lookback calls'),
    },
  ],
  async prepare(stand: Stand): Promise<readonly Trial[]> {
    return (['both', 'none'] as const).map(
      (searches) => (round) =>
        withDatabase(stand, (database) => day(database, searches, round + 1)),
    );
  },
};

async function day(
  database: Database,
  searches: 'both' | 'none',
  seed: number,
): Promise<Quantities> {
  const place = { source: searches, url: database.url };
  const office = await openOffice({ ...place, seed, searches, perDay, pastDays: 60 });
  try {
    const { calls, lookback, late } = await measureDay(office, database);
    return {
      [`${searches} calls`]: calls,
      [`${searches} lookback calls`]: lookback,
      [`${searches} late`]: late,
    };
  } finally {
    await office.close();
  }
}
