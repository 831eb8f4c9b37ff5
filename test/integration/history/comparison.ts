// Holds the warehouse against the chronicle, and remembers what the rules want to know of earlier runs.

import type { Pool } from 'pg';
import type { Founding } from './founding.ts';
import { judge } from './judge.ts';
import type { Situation, Span } from './rules.ts';
import { storedOf } from './stored.ts';
import type { Site } from './sync.ts';

const everything: readonly string[] = [
  'definition',
  'instance',
  'app',
  'table',
  'field',
  'record',
  'user',
  'department',
  'punch',
];

export class Comparison {
  /** All runs that have ended, oldest first. */
  readonly before: Span[] = [];
  readonly #site: Site;
  readonly #founding: Founding;
  readonly #admin: Pool;
  readonly #kinds: readonly string[];
  readonly #firstSeen = new Map<string, number>();
  #firstComplete: number | undefined;
  #narrowedAt = Number.NEGATIVE_INFINITY;

  /** `kinds` of things to compare: all unless given. */
  constructor(site: Site, founding: Founding, admin: Pool, kinds: readonly string[] = everything) {
    this.#kinds = kinds;
    this.#site = site;
    this.#founding = founding;
    this.#admin = admin;
  }

  /** The next run sees fewer people. */
  sightNarrows(): void {
    this.#narrowedAt = this.#site.clock.now();
  }

  /** Throws when something is invented, mixed or falsely marked as deleted. */
  async atAnyTime(): Promise<void> {
    await this.#judge(undefined);
  }

  /** Throws for the same, and for what is late. Gives how many things are behind, as they may be. */
  async afterComplete(started: number): Promise<number> {
    this.#firstComplete ??= started;
    for (const { user_id } of this.#atWork()) {
      if (!this.#firstSeen.has(user_id)) this.#firstSeen.set(user_id, started);
    }
    return this.#judge(this.#situation(started));
  }

  async #judge(situation: Situation | undefined): Promise<number> {
    const { world } = this.#founding;
    const faults: string[] = [];
    let behind = 0;
    for (const kind of this.#kinds) {
      const stored = await storedOf(this.#admin, this.#site.source, kind);
      const verdict = judge(world.chronicle, kind, stored, situation);
      faults.push(...verdict.faults);
      behind += verdict.behind;
    }
    if (faults.length > 0) throw new Error(faults.slice(0, 5).join('\n'));
    return behind;
  }

  #situation(started: number): Situation {
    const { world, settings } = this.#founding;
    const atWork = new Set(this.#atWork().map(({ user_id }) => user_id));
    return {
      ...settings,
      started,
      firstComplete: this.#firstComplete ?? started,
      before: this.before.filter((run) => run.started < started),
      narrowedAt: this.#narrowedAt,
      firstSeen: (person) => this.#firstSeen.get(person),
      isAtWork: (person) => atWork.has(person),
      visibleFrom: (instance) => world.book.visibleFrom(instance),
      lastLoud: (table) => world.lastLoud(table),
    };
  }

  #atWork(): readonly { readonly user_id: string }[] {
    return this.#founding.world.hand.has.users.filter(({ status }) => status.is_resigned !== true);
  }
}
