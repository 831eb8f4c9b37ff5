// A tenant, a warehouse and the engine between them, for tests that look at all three.

import type { Pool, QueryResultRow } from 'pg';
import { startTenant, type Tenant, type TenantOptions } from '../src/demo/server.ts';
import { connect } from '../src/extract/connect.ts';
import { openPool } from '../src/load/pool.ts';
import { createReplica } from '../src/load/replica.ts';
import { createSink } from '../src/load/sink.ts';
import { type ModuleSettings, streamsOf } from '../src/modules/index.ts';
import { runSource, type StreamOutcome } from '../src/run.ts';
import type { Sink } from '../src/sink.ts';
import type { Replica } from '../src/stream.ts';
import { testDatabase } from './postgres.ts';

export interface Engine {
  readonly tenant: Tenant;
  readonly pool: Pool;
  /** Runs the modules once, as the next run. */
  run(modules: ModuleSettings, options?: RunOptions): Promise<Outcomes>;
  rows<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export interface RunOptions {
  readonly full?: boolean;
  readonly signal?: AbortSignal;
  /** The run's number; the next one unless given. */
  readonly runId?: number;
  /** The sink in another's place. */
  sink?(sink: Sink): Sink;
  /** The replica in another's place. */
  replica?(replica: Replica): Replica;
}

/** By stream name. Throws for a stream that did not run. */
export interface Outcomes {
  of(stream: string): StreamOutcome;
  readonly all: readonly StreamOutcome[];
}

const source = 'acme';

export async function startEngine(options: TenantOptions = {}): Promise<Engine> {
  const tenant = await startTenant({ limits: 'off', ...options });
  const database = await testDatabase();
  const pool = openPool(database.url);
  let runs = 0;
  return {
    tenant,
    pool,
    async run(modules, { full = false, signal, runId, sink, replica } = {}) {
      runs += 1;
      const { app_id: appId, app_secret: appSecret } = tenant.app;
      const auth = { mode: 'custom_app', appId, appSecret } as const;
      const connection = connect({ source, baseUrl: tenant.url, auth });
      const place = { pool, schema: 'lark', source };
      const ownSink = createSink({ ...place, runId: runId ?? runs });
      const ownReplica = createReplica(place);
      try {
        const all = await runSource(
          {
            name: source,
            streams: streamsOf(modules),
            sink: sink?.(ownSink) ?? ownSink,
            replica: replica?.(ownReplica) ?? ownReplica,
            lark: (meter, end) => connection.lark(meter, end),
            allow: () => undefined,
          },
          {
            full,
            signal: signal ?? new AbortController().signal,
            watch: { started: () => undefined, finished: async () => undefined },
          },
        );
        return outcomesOf(all);
      } finally {
        await connection.close();
      }
    },
    rows: async (sql, values) => (await pool.query(sql, values)).rows,
    async close() {
      await pool.end();
      await database.drop();
      await tenant.close();
    },
  };
}

function outcomesOf(all: readonly StreamOutcome[]): Outcomes {
  return {
    all,
    of(stream) {
      const found = all.find((outcome) => outcome.stream === stream);
      if (found === undefined) throw new Error(`${stream} did not run`);
      return found;
    },
  };
}
