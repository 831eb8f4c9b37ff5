// The history of a tenant from one seed: it changes, is replicated at random times under random
// disturbances, and is compared with the warehouse after each run.

import type { Pool } from 'pg';
import { startTenant } from '../../../src/demo/server.ts';
import { openPool } from '../../../src/load/pool.ts';
import { act } from './acts/act.ts';
import { Comparison } from './comparison.ts';
import { bent, denied, killed, moving, narrowed, stopped } from './disturbances.ts';
import { type Founding, found } from './founding.ts';
import { Random } from './random.ts';
import type { Settings } from './rules.ts';
import { scopesFor } from './searches.ts';
import { type Disturbance, type Site, sync } from './sync.ts';
import { WorldClock } from './world-clock.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const firstLook = Date.UTC(2026, 2, 2, 8);

export interface HistoryOptions {
  readonly seed: number;
  readonly searches: Settings['searches'];
  /** Of the warehouse. */
  readonly url: string;
  /** For looking and killing. */
  readonly admin: Pool;
}

/** What happened; `behind` counts things that were not up to date, as the rules allow. */
export interface Tally {
  runs: number;
  disturbed: number;
  requests: number;
  behind: number;
}

/** Lives through the history of a seed. Throws with the seed and the latest deeds when anything is wrong. */
export async function live(options: HistoryOptions): Promise<Tally> {
  const { seed, searches, url, admin } = options;
  const source = `${searches}_${seed}`;
  const random = new Random(seed + 7);
  const clock = new WorldClock(firstLook, new Random(seed + 13));
  const founding = found(seed, searches, firstLook);
  const { world, modules } = founding;
  const app = { scopes: new Set(scopesFor[searches]) };
  const { company } = world;
  const tenant = await startTenant({ company, app, now: () => clock.now(), limits: 'off' });
  const pool = openPool(`${url}?application_name=${source}`);
  const site = { source, pool, tenant, clock, modules };
  try {
    return await new History(site, founding, admin, random).live();
  } catch (error) {
    const deeds = world.deeds.slice(-25).join('\n');
    const replay = `LARKHOUSE_SEED=${seed}, searches: ${searches}`;
    throw new Error(`${replay}\n${deeds}\n${error}`, { cause: error });
  } finally {
    await pool.end();
    await tenant.close();
  }
}

class History {
  readonly #site: Site;
  readonly #founding: Founding;
  readonly #admin: Pool;
  readonly #random: Random;
  readonly #comparison: Comparison;
  readonly #tally: Tally = { runs: 0, disturbed: 0, requests: 0, behind: 0 };

  constructor(site: Site, founding: Founding, admin: Pool, random: Random) {
    this.#site = site;
    this.#founding = founding;
    this.#admin = admin;
    this.#random = random;
    this.#comparison = new Comparison(site, founding, admin);
  }

  async live(): Promise<Tally> {
    const { clock } = this.#site;
    for (let step = this.#random.int(3, 6); step > 0; step -= 1) {
      const disturbance = this.#disturbance();
      if (disturbance !== undefined) await this.#disturbedRun(disturbance);
      await this.#completeRun(bent(this.#random, this.#site));
      this.#passTime();
    }
    await this.#completeRun({});
    const { approvalLookbackDays } = this.#founding.settings;
    clock.moveTo(clock.now() + (approvalLookbackDays + 8) * dayMs);
    await this.#completeRun({});
    await this.#idleRun();
    return this.#tally;
  }

  #disturbance(): Disturbance | undefined {
    const { world } = this.#founding;
    const roll = this.#random.next();
    if (roll < 0.2) return stopped(this.#random);
    if (roll < 0.35) return killed(this.#random, this.#site, this.#admin);
    if (roll < 0.45) return denied(this.#random, this.#site);
    if (roll < 0.6) return moving(this.#random, this.#site, world);
    if (roll > 0.67) return undefined;
    this.#comparison.sightNarrows();
    return narrowed(this.#random, this.#site, world);
  }

  /** Whatever became of it, nothing in the warehouse may be wrong; it may be behind. */
  async #disturbedRun(disturbance: Disturbance): Promise<void> {
    this.#tally.disturbed += 1;
    await this.#run(disturbance);
    await this.#comparison.atAnyTime();
  }

  /** Nothing may be wrong or later than the rules allow. */
  async #completeRun(disturbance: Disturbance): Promise<void> {
    const started = this.#site.clock.now();
    const outcomes = await this.#run(disturbance);
    for (const { stream, status, error } of outcomes) {
      if (status !== 'complete') throw new Error(`${stream} is ${status}: ${error}`);
    }
    this.#tally.behind += await this.#comparison.afterComplete(started);
  }

  /** What was written is written again, and nothing changes. */
  async #idleRun(): Promise<void> {
    for (const outcome of await this.#run({})) {
      const changed = outcome.inserted + outcome.updated + outcome.deleted;
      if (changed > 0) throw new Error(`${outcome.stream} changed ${changed} rows for nothing`);
    }
  }

  async #run(disturbance: Disturbance): Promise<Awaited<ReturnType<typeof sync>>> {
    const { clock, tenant } = this.#site;
    const started = clock.now();
    this.#tally.runs += 1;
    this.#founding.world.deeds.push(`${new Date(started).toISOString()} run ${this.#tally.runs}`);
    const outcomes = await sync(this.#site, this.#tally.runs, disturbance);
    tenant.faults.clear();
    this.#tally.requests += outcomes.reduce((sum, { requests }) => sum + requests, 0);
    this.#comparison.before.push({ started, ended: clock.now() });
    // Parallel requests come in any order: the next thing happens at the same time all the same.
    clock.moveTo(Math.ceil(clock.now() / minuteMs + 1) * minuteMs);
    return outcomes;
  }

  /** Minutes to days go by, and things happen; some of them just before the next run. */
  #passTime(): void {
    const { clock } = this.#site;
    const from = clock.now();
    const until = from + this.#random.spread(minuteMs, 10 * dayMs);
    const times = Array.from({ length: this.#random.int(0, 15) }, () =>
      this.#random.chance(0.2)
        ? this.#random.int(Math.max(from, until - 2 * minuteMs), until)
        : this.#random.int(from, until),
    );
    for (const at of times.sort((one, other) => one - other)) act(this.#founding.world, at);
    clock.moveTo(until);
  }
}
