// Approvals as a company of some size makes them: so many a day, decided within hours or weeks.

import type { InstanceEvent } from '../../../src/demo/company/advance.ts';
import { advance } from '../../../src/demo/company/advance.ts';
import { submit } from './acts/approval.ts';
import type { World } from './world.ts';

const dayMs = 86_400_000;

interface Event {
  readonly at: number;
  readonly code: string;
  readonly what: InstanceEvent;
}

/** Instances that end after a log-normal time (median 0.8 days, sigma 1.5); 1 % never do, 0.5 % are revoked within 60 days. */
export class Desk {
  readonly #world: World;
  readonly #perDay: number;
  readonly #events: Event[] = [];
  #time: number;

  /** Opens at epoch ms. */
  constructor(world: World, perDay: number, opens: number) {
    this.#world = world;
    this.#perDay = perDay;
    this.#time = opens;
  }

  /** All that happens until then. Gives the number of instances that ended or were revoked. */
  workUntil(time: number): number {
    const from = this.#time;
    this.#time = time;
    const { random } = this.#world;
    const expected = ((time - from) / dayMs) * this.#perDay;
    const submitted = Math.floor(expected) + (random.chance(expected % 1) ? 1 : 0);
    const times = Array.from({ length: submitted }, () => random.int(from, time - 1));
    for (const at of times.sort((one, other) => one - other)) this.#submit(at);
    const due = this.#events.filter(({ at }) => at <= time).sort((one, other) => one.at - other.at);
    const later = this.#events.filter(({ at }) => at > time);
    this.#events.splice(0, this.#events.length, ...later);
    for (const event of due) this.#happen(event);
    return due.length;
  }

  #submit(at: number): void {
    const { random } = this.#world;
    const code = submit(this.#world, at);
    if (code === undefined || random.chance(0.01)) return;
    const end = at + Math.max(1, Math.round(random.lognormal(0.8, 1.5) * dayMs));
    const isRevoked = random.chance(0.005);
    this.#events.push({
      at: end,
      code,
      what: isRevoked || random.chance(0.9) ? 'approve' : 'reject',
    });
    if (isRevoked) this.#events.push({ at: end + random.int(1, 60 * dayMs), code, what: 'revert' });
  }

  #happen({ at, code, what }: Event): void {
    const instance = this.#world.draft(code);
    if (instance === undefined) return;
    advance(instance, what, at);
    this.#world.changeInstance(instance, at);
  }
}
