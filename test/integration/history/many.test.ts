// A long history of many instances: irregular runs, some of them broken off, miss nothing.
// In the long run (LARKHOUSE_LONG) it has 10,000 instances.

import { after, test } from 'node:test';
import { openPool } from '../../../src/load/pool.ts';
import { testDatabase } from '../../postgres.ts';
import { comment, proceed, rollBack } from './acts/approval.ts';
import { Comparison } from './comparison.ts';
import { killed, stopped } from './disturbances.ts';
import { type Office, openOffice } from './office.ts';
import { Random } from './random.ts';
import { type Disturbance, sync } from './sync.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const isLong = process.env['LARKHOUSE_LONG'] !== undefined;
const instances = isLong ? 10_000 : 300;
const [pastDays, days] = isLong ? [25, 25] : [15, 8];

const database = await testDatabase();
const admin = openPool(database.url);
after(async () => {
  await admin.end();
  await database.drop();
});

for (const searches of ['both', 'none'] as const) {
  const permitted = searches === 'both' ? 'the searches' : 'no search';
  test(`${instances} instances are followed right with ${permitted}`, async (t) => {
    const perDay = instances / (pastDays + days);
    const place = { source: searches, url: database.url };
    const office = await openOffice({ ...place, seed: 2, searches, perDay, pastDays });
    try {
      t.diagnostic(await follow(office));
    } finally {
      await office.close();
    }
  });
}

async function follow({ site, founding, desk }: Office): Promise<string> {
  const random = new Random(3);
  const { clock } = site;
  const comparison = new Comparison(site, founding, admin, ['instance']);
  let [runs, requests, behind] = [0, 0, 0];
  const run = async (disturbance?: Disturbance): Promise<void> => {
    runs += 1;
    const started = clock.now();
    const outcomes = await sync(site, runs, disturbance);
    requests += outcomes.reduce((sum, one) => sum + one.requests, 0);
    comparison.before.push({ started, ended: clock.now() });
    if (disturbance === undefined) behind += await comparison.afterComplete(started);
    else await comparison.atAnyTime();
  };
  const end = clock.now() + days * dayMs;
  while (clock.now() < end) {
    if (random.chance(0.2)) await run(stopped(random));
    if (random.chance(0.2)) await run(killed(random, site, admin));
    await run();
    const until = clock.now() + random.lognormal(0.8, 1) * dayMs;
    for (let at = clock.now() + hourMs; at < until; at += 4 * hourMs) {
      desk.workUntil(at);
      for (const act of [comment, proceed, rollBack]) act(founding.world, at);
    }
    clock.moveTo(until);
    desk.workUntil(clock.now());
  }
  await run();
  const all = founding.world.book.codes.length;
  return `${all} instances, ${runs} runs, ${requests} requests, ${behind} times one was behind as it may`;
}
