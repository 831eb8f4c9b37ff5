// A tenant that has nothing but one kind of approval, a desk where it is worked at, and a larkhouse beside it.

import type { Pool } from 'pg';
import { startTenant } from '../../../src/demo/server.ts';
import { openPool } from '../../../src/load/pool.ts';
import { Desk } from './desk.ts';
import type { Founding } from './founding.ts';
import { Random } from './random.ts';
import type { Settings } from './rules.ts';
import { scopesFor } from './searches.ts';
import type { Site } from './sync.ts';
import { World } from './world.ts';
import { WorldClock } from './world-clock.ts';

const dayMs = 86_400_000;

export interface OfficeOptions {
  readonly source: string;
  readonly url: string;
  readonly seed: number;
  readonly searches: Settings['searches'];
  readonly perDay: number;
  /** How long the desk was open before the first look, in days. */
  readonly pastDays: number;
}

export interface Office {
  readonly site: Site & { readonly pool: Pool };
  readonly founding: Founding;
  readonly desk: Desk;
  close(): Promise<void>;
}

export async function openOffice(options: OfficeOptions): Promise<Office> {
  const { source, url, seed, searches, perDay, pastDays } = options;
  const random = new Random(seed);
  const now = Date.UTC(2026, 2, 2, 8);
  const world = new World({ random, employeeType: 'employee_id' });
  for (let heads = 0; heads < 10; heads += 1) world.hand.addUser();
  const { approval_code } = world.hand.addDefinition();
  const desk = new Desk(world, perDay, now - pastDays * dayMs);
  desk.workUntil(now);
  const clock = new WorldClock(now, new Random(seed + 1));
  const { company } = world;
  const app = { scopes: new Set(scopesFor[searches]) };
  const tenant = await startTenant({ company, app, now: () => clock.now(), limits: 'off' });
  const pool = openPool(`${url}?application_name=${source}`);
  const modules = {
    approval: { approvalCodes: [approval_code], lookbackDays: 30, locale: 'zh-CN' },
  };
  const settings = {
    searches,
    approvalLookbackDays: 30,
    attendanceLookbackDays: 0,
    start: undefined,
    includesLeavers: false,
  };
  return {
    site: { source, pool, tenant, clock, modules },
    founding: { world, settings, modules },
    desk,
    async close() {
      await pool.end();
      await tenant.close();
    },
  };
}
