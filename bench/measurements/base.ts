// The life of a Base table in the warehouse: its first load, a reading that finds nothing new and one that finds
// a hundredth changed; beside it what psql does with the same rows, and the script that a user would write.

import type { Measurement, Quantities, Trial } from '../figure.ts';
import type { PeerOrder } from '../peer/script.ts';
import { dumped } from '../stand/dumped.ts';
import { type CopyFile, plainCopy, psqlCopy, psqlVersion } from '../stand/plain-copy.ts';
import type { Database } from '../stand/postgres.ts';
import { type BenchTenant, type Stand, withDatabase } from '../stand/stand.ts';
import { sync } from '../stand/sync.ts';
import { startTraces } from '../stand/traces.ts';
import { baseFigures } from './base-figures.ts';
import { appToken, modulesOf, tableId } from './base-table.ts';

export const base: Measurement = {
  name: 'base',
  figures: baseFigures,
  async prepare(stand: Stand): Promise<readonly Trial[]> {
    const tenant = await stand.tenant({ bases: { [appToken]: { [tableId]: stand.options.rows } } });
    const files = await filesOf(stand, tenant);
    const psql = await psqlVersion();
    stand.note('psql', psql ?? 'none on this machine, so that base.psql is not measured');
    const { pgpass } = stand.postgres;
    const on = (work: (database: Database) => Promise<Quantities>) => withDatabase(stand, work);
    return [
      () => on(async ({ url }) => ({ 'copy seconds': await plainCopy(url, files) })),
      (round) => on((database) => life({ stand, tenant, database, round })),
      () => on(async ({ url }) => ({ 'peer seconds': await peerSeconds(stand, tenant, url) })),
      ...(psql === undefined
        ? []
        : [
            () =>
              on(async ({ url }) => ({ 'psql seconds': await psqlCopy({ url, pgpass }, files) })),
          ]),
    ];
  },
};

function filesOf(stand: Stand, { url: tenant }: BenchTenant): Promise<readonly CopyFile[]> {
  return withDatabase(stand, async ({ url: warehouse }) => {
    await sync({ warehouse, tenant, modules: modulesOf(), runId: 1 });
    return dumped(warehouse, stand.folder, ['base_records']);
  });
}

interface Life {
  readonly stand: Stand;
  readonly tenant: BenchTenant;
  readonly database: Database;
  readonly round: number;
}

async function life({ stand, tenant, database, round }: Life): Promise<Quantities> {
  const { rows } = stand.options;
  const order = { warehouse: database.url, tenant: tenant.url, modules: modulesOf() };
  await tenant.usage();
  const first = await stand.sync({ ...order, runId: 1 });
  const { cpuSeconds } = await tenant.usage();
  // As autovacuum will have done when a table is read again.
  await database.rows('vacuum analyze lark.base_records');
  const again = async (runId: number, changed: boolean): Promise<Quantities> => {
    const name = changed ? 'changed' : 'unchanged';
    await tenant.move(appToken, tableId, changed);
    const traces = await startTraces(database);
    const { seconds } = await stand.sync({ ...order, runId });
    const walMb = (await traces.walBytes()) / 1e6;
    return {
      [`${name} seconds`]: seconds,
      [`${name} WAL MB per 100k rows`]: (walMb / rows) * 100_000,
      [`${name} rows touched`]: await traces.rowsTouched('base_records'),
    };
  };
  const isEven = round % 2 === 0;
  return {
    rows,
    'first seconds': first.seconds,
    'first CPU seconds': first.cpuSeconds,
    'first tenant CPU seconds': cpuSeconds,
    'first peak MB': first.peakMb,
    ...(await again(2, !isEven)),
    ...(await again(3, isEven)),
  };
}

async function peerSeconds(stand: Stand, tenant: BenchTenant, warehouse: string): Promise<number> {
  const order: PeerOrder = { warehouse, tenant: tenant.url, appToken, tableId };
  const { rows, seconds } = await stand.work<{ rows: number; seconds: number }>({ peer: order });
  if (rows !== stand.options.rows) throw new Error(`the script wrote ${rows} rows`);
  return seconds;
}
