// What may go wrong while a run goes on.

import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import { expireTokens, gateway, throttle } from '../../../src/demo/fault-answers.ts';
import { cutShort, reset, truncate } from '../../../src/demo/fault-wire.ts';
import type { Fault } from '../../../src/demo/faults.ts';
import { act } from './acts/act.ts';
import type { Random } from './random.ts';
import type { Disturbance, Site } from './sync.ts';
import type { World } from './world.ts';

/** The run is told to stop at some request. */
export function stopped(random: Random): Disturbance {
  const last = random.spread(1, 200);
  return {
    request(n, stop) {
      if (n === last) stop();
    },
  };
}

/** The connections of the writers are ended, before a write or some ms into it, up to three times. */
export function killed(random: Random, { pool, source }: Site, admin: Pool): Disturbance {
  const deaths = new Map(
    Array.from({ length: random.int(1, 3) }, () => [random.spread(1, 30), random.int(0, 6)]),
  );
  return {
    write(n) {
      const delay = deaths.get(n);
      if (delay === undefined) return;
      pause(delay)
        .then(() => endConnections(admin, source))
        .catch((error: unknown) => pool.emit('error', error));
    },
  };
}

async function endConnections(admin: Pool, name: string): Promise<void> {
  await admin.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
    [name],
  );
}

/** Answers that have to be asked for again. */
export function bent(random: Random, { tenant }: Site): Disturbance {
  const faults: readonly Fault[] = [
    throttle(429, '1'),
    throttle(400),
    gateway(502),
    reset(),
    truncate(20),
    cutShort(15),
  ];
  const places = new Set(Array.from({ length: random.int(1, 6) }, () => random.spread(1, 200)));
  const expiry = random.spread(1, 200);
  return {
    request(n) {
      const fault = n === expiry ? expireTokens() : places.has(n) ? random.pick(faults) : undefined;
      if (fault !== undefined) tenant.faults.next('*', fault);
    },
  };
}

/** The tenant changes while it is read. */
export function moving(random: Random, { clock }: Site, world: World): Disturbance {
  const places = new Set(Array.from({ length: random.int(1, 8) }, () => random.spread(1, 200)));
  return {
    request(n) {
      if (places.has(n)) act(world, clock.now());
    },
  };
}

const accesses: readonly (readonly string[])[] = [
  ['bitable:app:readonly'],
  ['wiki:wiki:readonly'],
  ['attendance:task:readonly'],
  ['contact:contact.base:readonly', 'contact:department.organize:readonly'],
];

/** From some request on the app may no longer read something; after the run it may again. */
export function denied(random: Random, { tenant }: Site): Disturbance {
  const { app } = tenant;
  const first = random.spread(1, 200);
  const lost = (random.pick(accesses) ?? []).filter((scope) => app.scopes.has(scope));
  return {
    request(n) {
      if (n === first) for (const scope of lost) app.scopes.delete(scope);
    },
    end() {
      for (const scope of lost) app.scopes.add(scope);
    },
  };
}

/** During the run the app sees one department only; after it everybody again. */
export function narrowed(random: Random, { tenant }: Site, world: World): Disturbance {
  const one = random.pick(world.hand.has.departments);
  const departments = one === undefined ? [] : [one.open_department_id];
  tenant.app.contact_range = { departments, users: [] };
  return {
    end() {
      tenant.app.contact_range = 'all';
    },
  };
}
