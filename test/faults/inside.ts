// A small replication inside of the test's own process, cheap enough to be done once for each message on the
// wire: one table of one Base, with something new, changed and gone since it was last read.

import type { Pool } from 'pg';
import { type HandmadeCompany, handmadeCompany } from '../../src/demo/company/handmade.ts';
import { startTenant, type Tenant } from '../../src/demo/server.ts';
import { connect } from '../../src/extract/connect.ts';
import { openPool } from '../../src/load/pool.ts';
import { createReplica } from '../../src/load/replica.ts';
import { createSink } from '../../src/load/sink.ts';
import { streamsOf } from '../../src/modules/index.ts';
import { runSource, type StreamOutcome } from '../../src/run.ts';
import { testDatabase } from '../postgres.ts';
import { pastTime, presentTime } from './scene/company.ts';
import { type Copied, copyOf } from './scene/databases.ts';

const source = 'acme';
const appToken = 'bascTheOnlyOneOfThisTenant1';

export interface Inside {
  readonly company: HandmadeCompany;
  /** A fresh database that holds what was read in the past. */
  database(): Promise<Copied>;
  /** Reads the present, by this way to the database. */
  run(url: string, runId: number): Promise<readonly StreamOutcome[]>;
  close(): Promise<void>;
}

export async function startInside(): Promise<Inside> {
  const company = smallCompany();
  const clock = { now: pastTime };
  const tenant = await startTenant({ company, now: () => clock.now, limits: 'off' });
  const past = await testDatabase();
  await withPool(past.url, (pool) => replicateOnce(tenant, pool, 1));
  move(company);
  clock.now = presentTime;
  return {
    company,
    database: () => copyOf(past.url),
    run: (url, runId) => withPool(url, (pool) => replicateOnce(tenant, pool, runId)),
    async close() {
      await past.drop();
      await tenant.close();
    },
  };
}

function smallCompany(): HandmadeCompany {
  const company = handmadeCompany();
  const table = company.addTable(company.addBase({ app_token: appToken }));
  for (let count = 0; count < 12; count += 1) company.addRecord(table, pastTime - count * 1000);
  return company;
}

function move(company: HandmadeCompany): void {
  const [table] = company.has.bases[0]?.tables ?? [];
  if (table === undefined) return;
  for (const record of table.records.slice(0, 2)) company.deleteRecord(table, record);
  for (const record of table.records.slice(2, 5)) {
    company.editRecord(table, record, { 数量: 0 }, presentTime);
  }
  company.addRecord(table, presentTime);
}

async function withPool<T>(url: string, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = openPool(url);
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

async function replicateOnce(
  tenant: Tenant,
  pool: Pool,
  runId: number,
): Promise<readonly StreamOutcome[]> {
  const { app_id: appId, app_secret: appSecret } = tenant.app;
  const auth = { mode: 'custom_app', appId, appSecret } as const;
  const connection = connect({ source, baseUrl: tenant.url, auth });
  const place = { pool, schema: 'lark', source };
  try {
    return await runSource(
      {
        name: source,
        streams: streamsOf({ base: [{ kind: 'app', token: appToken }] }),
        sink: createSink({ ...place, runId }),
        replica: createReplica(place),
        lark: (meter, end) => connection.lark(meter, end),
        allow: () => undefined,
      },
      {
        full: false,
        signal: new AbortController().signal,
        watch: { started: () => undefined, finished: async () => undefined },
      },
    );
  } finally {
    await connection.close();
  }
}
