// Random histories of tenants: whatever happens, the warehouse is right, and late at most as it may be.
// LARKHOUSE_SEEDS says how many, LARKHOUSE_SEED which one alone.

import { after, test } from 'node:test';
import { openPool } from '../../../src/load/pool.ts';
import { testDatabase } from '../../postgres.ts';
import { live, type Tally } from './history.ts';

const only = process.env['LARKHOUSE_SEED'];
const count = Number(process.env['LARKHOUSE_SEEDS'] ?? 12);
const sideBySide = 4;

const database = await testDatabase();
const admin = openPool(database.url);
after(async () => {
  await admin.end();
  await database.drop();
});

for (const [index, searches] of (['both', 'tasks', 'none'] as const).entries()) {
  const permitted = { both: 'both searches', tasks: 'the search for tasks', none: 'no search' };
  test(`a history of any seed is replicated right with ${permitted[searches]}`, async (t) => {
    const left =
      only === undefined
        ? Array.from({ length: Math.ceil(count / 3) }, (_, place) => 3 * place + index + 1)
        : [Number(only)];
    const sum: Tally = { runs: 0, disturbed: 0, requests: 0, behind: 0 };
    const worker = async (): Promise<void> => {
      for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
        const tally = await live({ seed, searches, url: database.url, admin });
        for (const name of ['runs', 'disturbed', 'requests', 'behind'] as const) {
          sum[name] += tally[name];
        }
      }
    };
    await Promise.all(Array.from({ length: sideBySide }, worker));
    t.diagnostic(JSON.stringify(sum));
  });
}
