// A small company, known to the last row, a past that is already replicated, and trials: each a fresh
// database and processes that something happens to. A trial ends with `prove`, which holds whatever
// happened against the undisturbed replication of the same company.

import type { HandmadeCompany } from '../../src/demo/company/handmade.ts';
import { startTenant, type Tenant } from '../../src/demo/server.ts';
import { testDatabase } from '../postgres.ts';
import { companyOfThePast, moveToThePresent, pastTime, presentTime } from './scene/company.ts';
import { copyOf } from './scene/databases.ts';
import { type Holding, Trial } from './scene/trial.ts';
import { Truths } from './scene/truths.ts';
import { World } from './scene/world.ts';

export type { Ended, Running } from './scene/process.ts';
export type { Holding, Trial } from './scene/trial.ts';

export interface SceneOptions {
  /** Whether the tenant keeps Lark's rate limits. Default off. */
  readonly limits?: 'enforced' | 'off';
}

export interface Scene {
  readonly tenant: Tenant;
  readonly company: HandmadeCompany;
  /** The tenant's clock in epoch ms, far from this machine's: it stands still unless it is set. */
  readonly clock: { now: number };
  /**
   * Ends the last trial, puts company, app, clock and faults back as they were, and opens a database
   * that holds what a sync of the past left (unless told otherwise).
   */
  trial(options?: { readonly holding?: Holding }): Promise<Trial>;
  close(): Promise<void>;
}

const appSecret = 'canary-of-the-app-secret';

/** Starts the tenant and replicates the past, undisturbed. Once a file. */
export async function startScene({ limits = 'off' }: SceneOptions = {}): Promise<Scene> {
  const company = companyOfThePast();
  const clock = { now: pastTime };
  const app = { app_secret: appSecret };
  const tenant = await startTenant({ limits, company, app, now: () => clock.now });
  const empty = await testDatabase();
  const past = await copyOf(empty.url);
  const origins = { past: past.url, nothing: empty.url, 'no tables': undefined };
  const truths = new Truths(tenant, company.has, origins);
  await truths.replicatePast(past.url);
  moveToThePresent(company);
  clock.now = presentTime;
  const world = new World(tenant, company, clock);
  let last: Trial | undefined;
  const endLast = async (): Promise<void> => {
    await last?.close();
    last = undefined;
  };
  return {
    tenant,
    company,
    clock,
    async trial({ holding = 'past' } = {}) {
      await endLast();
      world.restore();
      last = await Trial.open({ world, truths, holding, origin: origins[holding] });
      return last;
    },
    async close() {
      await endLast();
      await past.drop();
      await empty.drop();
      await tenant.close();
    },
  };
}
