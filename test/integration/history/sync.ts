// One run of larkhouse against a world, which may be disturbed while it goes on.

import type { Pool } from 'pg';
import type { Tenant } from '../../../src/demo/server.ts';
import { connect } from '../../../src/extract/connect.ts';
import { createReplica } from '../../../src/load/replica.ts';
import { createSink } from '../../../src/load/sink.ts';
import { type ModuleSettings, streamsOf } from '../../../src/modules/index.ts';
import { runSource, type StreamOutcome } from '../../../src/run.ts';
import type { Sink } from '../../../src/sink.ts';
import type { WorldClock } from './world-clock.ts';

/** How long each request takes, on the tenant's clock. */
const requestMs = 20;

export interface Site {
  readonly source: string;
  readonly pool: Pool;
  readonly tenant: Tenant;
  readonly clock: WorldClock;
  readonly modules: ModuleSettings;
}

/** What happens during a run: told of its nth request and its nth write, from 1, and of its end. */
export interface Disturbance {
  request?(n: number, stop: () => void): void;
  write?(n: number): void;
  end?(): void;
}

export async function sync(
  site: Site,
  runId: number,
  disturbance: Disturbance = {},
): Promise<readonly StreamOutcome[]> {
  const { source, pool, tenant, clock, modules } = site;
  const { app_id: appId, app_secret: appSecret } = tenant.app;
  const auth = { mode: 'custom_app', appId, appSecret } as const;
  const connection = connect({ source, baseUrl: tenant.url, auth }, clock);
  const place = { pool, schema: 'lark', source };
  const stop = new AbortController();
  let requests = 0;
  try {
    return await runSource(
      {
        name: source,
        streams: streamsOf(modules),
        sink: watched(createSink({ ...place, runId }), disturbance),
        replica: createReplica(place),
        lark: (meter, signal) => connection.lark(meter, signal),
        allow() {
          requests += 1;
          clock.moveTo(clock.now() + requestMs);
          disturbance.request?.(requests, () => stop.abort());
        },
      },
      {
        full: false,
        signal: stop.signal,
        watch: { started: () => undefined, finished: async () => undefined },
      },
    );
  } finally {
    await connection.close();
    disturbance.end?.();
  }
}

function watched(sink: Sink, { write }: Disturbance): Sink {
  let writes = 0;
  return {
    async open(stream, partition, notes) {
      const writer = await sink.open(stream, partition, notes);
      return {
        checkpoint: writer.checkpoint,
        write(batch) {
          writes += 1;
          write?.(writes);
          return writer.write(batch);
        },
        close: () => writer.close(),
      };
    },
  };
}
