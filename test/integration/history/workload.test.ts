// What a day of hourly runs costs on a reference workload, against reading the last 7 days again each time.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openPool } from '../../../src/load/pool.ts';
import { testDatabase } from '../../postgres.ts';
import { type Office, openOffice } from './office.ts';
import { searchLagMs } from './rules.ts';
import { sync } from './sync.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const perDay = 50;
/** The first hours carry the load of the first run. */
const warmUpHours = 6;
const measuredHours = 24;

const database = await testDatabase();
const admin = openPool(database.url);
after(async () => {
  await admin.end();
  await database.drop();
});

for (const [searches, share] of [
  ['both', 6],
  ['none', 5],
] as const) {
  const permitted = searches === 'both' ? 'the searches' : 'no search';
  test(`with ${permitted} a day costs at most 1/${share} of a 7-day lookback`, async (t) => {
    const place = { source: searches, url: database.url };
    const office = await openOffice({ ...place, seed: 1, searches, perDay, pastDays: 60 });
    try {
      const { calls, lookback, late } = await measure(office);
      const days = measuredHours / 24;
      t.diagnostic(
        `${calls / days} calls a day, ${lookback / days} by lookback: 1/${(lookback / calls).toFixed(1)}; ` +
          `${late} closings were not seen by the next run`,
      );
      assert.ok(calls <= lookback / share, `${calls} calls against ${lookback}`);
      if (searches === 'both') assert.equal(late, 0, 'closings that the next run did not see');
    } finally {
      await office.close();
    }
  });
}

interface Measured {
  /** Made by larkhouse, and by one that lists and reads all that was created in the last 7 days. */
  readonly calls: number;
  readonly lookback: number;
  /** Instances that had changed their status before a run, and in the warehouse after it had not. */
  readonly late: number;
}

async function measure(office: Office): Promise<Measured> {
  const { site, founding, desk } = office;
  const { clock } = site;
  let [calls, lookback, late] = [0, 0, 0];
  for (let hour = -warmUpHours; hour < measuredHours; hour += 1) {
    const started = clock.now();
    const outcomes = await sync(site, hour + warmUpHours + 1);
    assert.deepEqual(new Set(outcomes.map(({ status }) => status)), new Set(['complete']));
    if (hour >= 0) {
      calls += outcomes.reduce((sum, { requests }) => sum + requests, 0);
      lookback += lookbackCalls(office, started);
      late += await countLate(office, started);
    }
    clock.moveTo(started + hourMs);
    desk.workUntil(clock.now());
  }
  assert.ok(founding.world.book.codes.length > perDay * 60);
  return { calls, lookback, late };
}

/** A page holds 100 codes, a window 10 hours. */
function lookbackCalls({ founding }: Office, now: number): number {
  const created = founding.world.book.list(now, { from: now - 7 * dayMs }).length;
  return Math.ceil((7 * 24) / 10) + created + 1;
}

async function countLate({ site, founding }: Office, started: number): Promise<number> {
  const { rows } = await admin.query<{ instance_code: string; status: string }>(
    'select instance_code, status from lark.approval_instances where source = $1',
    [site.source],
  );
  return rows.filter(({ instance_code, status }) => {
    const then = founding.world.book.one(instance_code, started - searchLagMs - 2000);
    const now = founding.world.book.one(instance_code, started);
    return status !== then?.status && status !== now?.status && then !== undefined;
  }).length;
}
