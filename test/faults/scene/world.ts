// The tenant's side of a scene, as a trial finds it and may change it, and how it is put back.

import type { HandmadeCompany, Holdings } from '../../../src/demo/company/handmade.ts';
import type { Tenant } from '../../../src/demo/server.ts';

export class World {
  readonly tenant: Tenant;
  readonly company: HandmadeCompany;
  readonly clock: { now: number };
  readonly #holdings: Holdings;
  readonly #app: Tenant['app'];
  readonly #now: number;

  /** Remembers everything as it is now. */
  constructor(tenant: Tenant, company: HandmadeCompany, clock: { now: number }) {
    this.tenant = tenant;
    this.company = company;
    this.clock = clock;
    this.#holdings = structuredClone(company.has);
    this.#app = structuredClone(tenant.app);
    this.#now = clock.now;
  }

  /** Everything is as it was when this began. */
  restore(): void {
    const { has } = this.company;
    const saved = structuredClone(this.#holdings);
    has.users.splice(0, has.users.length, ...saved.users);
    has.departments.splice(0, has.departments.length, ...saved.departments);
    has.definitions.splice(0, has.definitions.length, ...saved.definitions);
    has.instances.splice(0, has.instances.length, ...saved.instances);
    has.bases.splice(0, has.bases.length, ...saved.bases);
    has.punches.splice(0, has.punches.length, ...saved.punches);
    this.clock.now = this.#now;
    this.tenant.requests.clear();
    this.endFaults();
  }

  /** The tenant does no more than answer; the company stays as it has become. */
  endFaults(): void {
    this.tenant.faults.clear();
    Object.assign(this.tenant.app, structuredClone(this.#app));
  }

  /** The same text for the same company at the same time. */
  get state(): string {
    return JSON.stringify([this.clock.now, this.company.has]);
  }
}
