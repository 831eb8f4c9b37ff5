// The wire to Postgres is cut at every message of a small run, one after the other: every n-th unless
// LARKHOUSE_LONG is set.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openPool } from '../../src/load/pool.ts';
import { startInside } from './inside.ts';
import { isEqual, isNotAhead, isNothingLost, replicates } from './scene/invariants.ts';
import { truthOf } from './scene/oracle.ts';
import { type Snapshot, snapshotOf } from './scene/snapshot.ts';
import { wireTo } from './wire.ts';

const inside = await startInside();
after(() => inside.close());

const isLong = (process.env['LARKHOUSE_LONG'] ?? '') !== '';
const cutsInATest = 6;
const truth = truthOf(inside.company.has);
const past = await stored((url) => Promise.resolve(url));
const whole = await stored(async (url) => void (await inside.run(url, 2)));
replicates(whole, truth);
const messages = await countMessages();

for (const [how, first, step] of [
  ['reset', 1, isLong ? 1 : Math.ceil(messages / cutsInATest)],
  ['end', 4, isLong ? 5 : Math.ceil(messages / cutsInATest)],
] as const) {
  for (const places of placesOf(first, step)) {
    test(`fault 4: the wire to Postgres is cut (${how}) at message ${places.join(', ')} of ${messages}, and nothing is lost or invented`, async () => {
      for (const place of places) await cutAt(place, how);
    });
  }
}

/** Every so many messages, as many at a time as a test has. */
function placesOf(first: number, step: number): readonly (readonly number[])[] {
  const count = Math.ceil((messages - first + 1) / step);
  const all = Array.from({ length: count }, (_, index) => first + index * step);
  const groups = Map.groupBy(all, (_, index) => Math.floor(index / cutsInATest));
  return [...groups.values()];
}

async function cutAt(place: number, how: 'reset' | 'end'): Promise<void> {
  const { url, drop } = await inside.database();
  const wire = await wireTo(url);
  const pool = openPool(url);
  try {
    void wire.at(() => wire.passed === place, how);
    const disturbed = await inside.run(wire.url, 2);
    const left = await snapshotOf(pool);
    isNothingLost(left, truth);
    isNotAhead(left, past, whole);
    const clean = await inside.run(url, 3);
    assert.deepEqual(new Set(clean.map(({ status }) => status)), new Set(['complete']));
    isEqual(await snapshotOf(pool), whole, false);
    const inserted = [...disturbed, ...clean].map((outcome) => outcome.inserted);
    assert.ok(inserted.reduce((sum, one) => sum + one, 0) <= 1, 'a row is counted twice');
  } catch (error) {
    throw new Error(`cut at message ${place}: ${String(error)}`, { cause: error });
  } finally {
    await pool.end();
    await wire.close();
    await drop();
  }
}

async function countMessages(): Promise<number> {
  const { url, drop } = await inside.database();
  const wire = await wireTo(url);
  await inside.run(wire.url, 2);
  await wire.close();
  await drop();
  return wire.passed;
}

/** What a database holds after this was done with it. */
async function stored(work: (url: string) => Promise<unknown>): Promise<Snapshot> {
  const { url, drop } = await inside.database();
  await work(url);
  const pool = openPool(url);
  try {
    return await snapshotOf(pool);
  } finally {
    await pool.end();
    await drop();
  }
}
