// Undisturbed replications: the one of the past, and one of each state of the company that a trial
// ends in, made when it is asked for and kept for trials that end in the same.

import assert from 'node:assert/strict';
import type { Holdings } from '../../../src/demo/company/handmade.ts';
import type { Tenant } from '../../../src/demo/server.ts';
import { openPool } from '../../../src/load/pool.ts';
import { copyOf } from './databases.ts';
import { replicates } from './invariants.ts';
import { Office } from './office.ts';
import { type Truth, truthOf } from './oracle.ts';
import { type Totals, totalsAfter } from './records.ts';
import { type Snapshot, snapshotOf } from './snapshot.ts';

/** What a database of a trial holds when the trial begins. */
export type Holding = 'past' | 'nothing' | 'no tables';
export type Origins = Readonly<Record<Holding, string | undefined>>;

export interface Replication {
  readonly snapshot: Snapshot;
  readonly totals: ReadonlyMap<string, Totals>;
  readonly lastRun: number;
}

const none: Snapshot = { tables: new Map(), cursors: new Map() };

export class Truths {
  readonly #tenant: Tenant;
  readonly #has: Holdings;
  readonly #origins: Origins;
  readonly #known = new Map<string, Promise<Replication>>();
  #past: Replication = { snapshot: none, totals: new Map(), lastRun: 0 };

  constructor(tenant: Tenant, has: Holdings, origins: Origins) {
    this.#tenant = tenant;
    this.#has = has;
    this.#origins = origins;
  }

  /** What the database holds before the trial. */
  before(holding: Holding): Replication {
    return holding === 'past' ? this.#past : { snapshot: none, totals: new Map(), lastRun: 0 };
  }

  /** Replicates the company as it is now, which is the past from now on. */
  async replicatePast(url: string): Promise<void> {
    this.#past = await this.#replicate(url, truthOf(this.#has), 0);
  }

  /** The company, which is in this state, replicated into a database that held this. */
  of(holding: Holding, state: string, expected: Truth): Promise<Replication> {
    const origin = holding === 'past' ? 'past' : 'nothing';
    const name = `${origin} ${state}`;
    const known = this.#known.get(name) ?? this.#make(origin, expected);
    this.#known.set(name, known);
    return known;
  }

  async #make(origin: Holding, expected: Truth): Promise<Replication> {
    const { url, drop } = await copyOf(this.#origins[origin]);
    try {
      return await this.#replicate(url, expected, this.before(origin).lastRun);
    } finally {
      await drop();
    }
  }

  async #replicate(url: string, expected: Truth, after: number): Promise<Replication> {
    const office = await Office.open({ tenant: this.#tenant, has: this.#has, url });
    const pool = openPool(url);
    try {
      const { report, stderr } = await office.start(['sync', '--json'], url).ended;
      assert.ok(report !== undefined, stderr);
      const snapshot = await snapshotOf(pool);
      replicates(snapshot, expected);
      const totals = await totalsAfter(pool, after);
      return { snapshot, totals, lastRun: Number(report['run_id']) };
    } finally {
      await pool.end();
      await office.close();
    }
  }
}
