// What measurements stand on: a Postgres, tenants and working processes, all of them gone at the end.

import type { Options } from '../options.ts';
import type { Question, TenantPlan, Usage } from '../tenant/plan.ts';
import { type Child, startChild } from './child.ts';
import type { Cleanup } from './cleanup.ts';
import type { Database, Postgres } from './postgres.ts';
import type { Synced, SyncOrder } from './sync.ts';
import type { Work } from './work.ts';

/** A tenant in a process of its own. */
export interface BenchTenant {
  readonly url: string;
  /** The table's revision moves; with `changed` a hundredth of its records is other than before. */
  move(appToken: string, tableId: string, changed: boolean): Promise<void>;
  submit(approvalCode: string, instances: number): Promise<void>;
  /** Since the last time. */
  usage(): Promise<Usage>;
  end(): Promise<void>;
}

export interface Stand {
  readonly options: Options;
  readonly postgres: Postgres;
  /** Where files may be kept while the run lasts. */
  readonly folder: string;
  /** A new migrated database; dropped at the end of the measurement, or sooner. */
  database(): Promise<Database>;
  tenant(plan: TenantPlan): Promise<BenchTenant>;
  /** Runs larkhouse in a process of its own. */
  sync(order: SyncOrder): Promise<Synced>;
  /** Does a piece of work in a process of its own. */
  work<Answer>(work: Work): Promise<Answer>;
  /** Keeps a text with the results. */
  note(name: string, text: string): void;
}

/** A new database for as long as the work lasts. */
export async function withDatabase<T>(
  stand: Stand,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await stand.database();
  try {
    return await work(database);
  } finally {
    await database.drop();
  }
}

const tenantModule = new URL('../tenant/main.ts', import.meta.url);
const workModule = new URL('./work.ts', import.meta.url);

export interface StandParts {
  readonly options: Options;
  readonly postgres: Postgres;
  readonly cleanup: Cleanup;
  readonly notes: Map<string, string>;
}

export function openStand({ options, postgres, cleanup, notes }: StandParts): Stand {
  const work = async <Answer>(what: Work): Promise<Answer> => {
    const child = startChild(workModule, profiling(options, what));
    const end = cleanup.add(() => child.end());
    return child.ask<Answer>(what).finally(end);
  };
  return {
    options,
    postgres,
    folder: postgres.folder,
    async database() {
      const database = await postgres.database();
      return { ...database, drop: cleanup.add(() => database.drop()) };
    },
    tenant: (plan) => openTenant(plan, cleanup),
    sync: (order) => work<Synced>({ sync: order }),
    work,
    note: (name, text) => void notes.set(name, text),
  };
}

function profiling({ profile }: Options, work: Work): readonly string[] {
  if (profile === undefined) return [];
  const what = 'sync' in work ? `sync-run-${work.sync.runId}` : 'peer';
  const name = `${what}-${Date.now()}.cpuprofile`;
  return ['--cpu-prof', `--cpu-prof-dir=${profile}`, `--cpu-prof-name=${name}`];
}

async function openTenant(plan: TenantPlan, cleanup: Cleanup): Promise<BenchTenant> {
  const child: Child = startChild(tenantModule);
  const end = cleanup.add(() => child.end());
  const ask = <Answer>(question: Question): Promise<Answer> => child.ask(question);
  const url = await ask<string>({ plan });
  return {
    url,
    move: (appToken, tableId, changed) => ask({ move: { appToken, tableId, changed } }),
    submit: (approvalCode, instances) => ask({ submit: { approvalCode, instances } }),
    usage: () => ask({ usage: true }),
    end,
  };
}
