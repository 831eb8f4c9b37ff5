// Random histories of tenants, one after another: LARKHOUSE_SEEDS says how many, LARKHOUSE_SEED which one alone.

import { after, test } from 'node:test';
import { openPool } from '../../../src/load/pool.ts';
import { testDatabase } from '../../postgres.ts';
import { live, type Tally } from './history.ts';
import type { Settings } from './rules.ts';

const only = process.env['LARKHOUSE_SEED'];
const count = Number(process.env['LARKHOUSE_SEEDS'] ?? 12);
const sideBySide = 4;

/** Tests a third of the histories, with these searches permitted: whatever happens, the warehouse is right, and late at most as it may be. */
export async function testHistories(name: string, searches: Settings['searches']): Promise<void> {
  const database = await testDatabase();
  const admin = openPool(database.url);
  after(async () => {
    await admin.end();
    await database.drop();
  });
  const place = { both: 1, tasks: 2, none: 3 }[searches];
  test(name, async (t) => {
    const left =
      only === undefined
        ? Array.from({ length: Math.ceil(count / 3) }, (_, round) => 3 * round + place)
        : [Number(only)];
    const sum: Tally = { runs: 0, disturbed: 0, requests: 0, behind: 0 };
    const worker = async (): Promise<void> => {
      for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
        const tally = await live({ seed, searches, url: database.url, admin });
        for (const what of ['runs', 'disturbed', 'requests', 'behind'] as const) {
          sum[what] += tally[what];
        }
      }
    };
    await Promise.all(Array.from({ length: sideBySide }, worker));
    t.diagnostic(JSON.stringify(sum));
  });
}
