// One run of larkhouse, from a tenant into a warehouse, by the same parts that the command line uses.

import { readFileSync } from 'node:fs';
import { connect } from '../../src/extract/connect.ts';
import { openPool } from '../../src/load/pool.ts';
import { createReplica } from '../../src/load/replica.ts';
import { createSink } from '../../src/load/sink.ts';
import { type ModuleSettings, streamsOf } from '../../src/modules/index.ts';
import { runSource, type StreamOutcome } from '../../src/run.ts';
import type { Sink } from '../../src/sink.ts';
import { unhurried } from './unhurried.ts';

export interface SyncOrder {
  readonly warehouse: string;
  readonly tenant: string;
  readonly modules: ModuleSettings;
  readonly runId: number;
  /** Keep Lark's rate limits. */
  readonly limited?: boolean;
  /** Ends the run after so many ms, with what was read by then. */
  readonly stopAfterMs?: number;
  /** Whose rate limits it uses. */
  readonly app?: string;
}

export interface Synced {
  /** From nothing connected to all committed. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Of the process; only of the run where it has one for itself. */
  readonly peakMb: number;
  readonly calls: number;
  /** Rows of all tables that were inserted, updated or marked. */
  readonly touched: number;
  readonly records: number;
}

const source = 'bench';

/** Throws when a stream does not end as it should. */
export async function sync(
  order: SyncOrder,
  around: (sink: Sink) => Sink = (sink) => sink,
): Promise<Synced> {
  const { tenant: baseUrl, app: appId = 'cli_bench', stopAfterMs } = order;
  const auth = { mode: 'custom_app', appId, appSecret: 'none' } as const;
  const cpu = process.cpuUsage();
  const started = performance.now();
  const pool = openPool(order.warehouse);
  const connection = connect({ source, baseUrl, auth });
  const place = { pool, schema: 'lark', source };
  try {
    const outcomes = await runSource(
      {
        name: source,
        streams: streamsOf(order.modules),
        sink: around(createSink({ ...place, runId: order.runId })),
        replica: createReplica(place),
        lark: (meter, signal) => {
          const lark = connection.lark(meter, signal);
          return order.limited === true ? lark : unhurried(lark);
        },
        allow: () => undefined,
      },
      {
        full: false,
        signal:
          stopAfterMs === undefined
            ? new AbortController().signal
            : AbortSignal.timeout(stopAfterMs),
        watch: { started: () => undefined, finished: async () => undefined },
      },
    );
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    requireEnded(outcomes, stopAfterMs !== undefined);
    return {
      seconds,
      cpuSeconds: (user + system) / 1e6,
      peakMb: peakMb(),
      calls: sum(outcomes, ({ requests }) => requests),
      touched: sum(outcomes, ({ inserted, updated, deleted }) => inserted + updated + deleted),
      records: sum(outcomes, ({ records }) => records),
    };
  } finally {
    await connection.close();
    await pool.end();
  }
}

function requireEnded(outcomes: readonly StreamOutcome[], mayBeStopped: boolean): void {
  for (const { stream, status, error, rejected } of outcomes) {
    if (status === 'complete' || (status === 'interrupted' && mayBeStopped)) continue;
    throw new Error(`${stream} is ${status} (${rejected} rejected): ${error}`);
  }
}

function sum(outcomes: readonly StreamOutcome[], of: (outcome: StreamOutcome) => number): number {
  return outcomes.reduce((total, outcome) => total + of(outcome), 0);
}

/** The most that was ever resident. Elsewhere than on Linux as the system counts it, ancestors' pages included. */
function peakMb(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
  const [, kilobytes] =
    /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
