// Loads the records of a batch by the cheapest way that is right: straight into the tables while a
// partition is new, else by staging and merging; with care, around records that Postgres refuses.

import type { ClientBase } from 'pg';
import type { Pending, Records } from '../../stream.ts';
import { faultOf } from '../failure.ts';
import type { Layouts } from './layout.ts';
import { copyStraight, differing, stageAndMerge } from './load.ts';
import type { Origin } from './merge.ts';
import { isPoison, type Loaded, loadAround } from './poison.ts';
import type { Seen } from './seen.ts';
import { nothing, type Tally } from './tally.ts';

const duplicateKey = '23505';

export interface LoaderOptions {
  /** Whether rows are copied straight into the tables, until one is found to be there. */
  readonly straight: boolean;
  /** Told the keys of what is loaded. */
  readonly seen: Seen | undefined;
}

export class Loader {
  readonly #layouts: Layouts;
  readonly #origin: Origin;
  readonly #seen: Seen | undefined;
  #straight: boolean;

  constructor(layouts: Layouts, origin: Origin, { straight, seen }: LoaderOptions) {
    this.#layouts = layouts;
    this.#origin = origin;
    this.#seen = seen;
    this.#straight = straight && ownersFollowTheRoot(layouts);
  }

  /** `isCareful`: around records that Postgres refuses. Otherwise its refusal ends the transaction. */
  async load(client: ClientBase, records: Records, isCareful: boolean): Promise<Loaded> {
    if (records.length === 0) return { tally: nothing, rejects: [] };
    const stage = (part: Records): Promise<Tally> => this.#stage(client, part);
    if (isCareful) return loadAround(client, this.#layouts, stage, records);
    const tally = this.#straight ? await this.#copy(client, records) : await stage(records);
    return { tally, rejects: [] };
  }

  /** Places of the records, from 0 on, that have to be loaded. */
  async unlike(client: ClientBase, pending: Pending): Promise<readonly number[]> {
    const [layout] = this.#layouts;
    const outline = { layout, rows: pending.length, values: pending.outline() };
    const found = await differing(client, outline, this.#origin, this.#seen?.adding());
    return found.map(([place]) => place - 1);
  }

  /** Told what ended a transaction: whether loading its records with care may go better. */
  isWorthCare(error: unknown): boolean {
    const isKnown = faultOf(error).code === duplicateKey;
    if (isKnown) this.#straight = false;
    return isKnown || isPoison(error);
  }

  async #copy(client: ClientBase, records: Records): Promise<Tally> {
    const tally = await copyStraight(client, this.#layouts, this.#origin, records);
    await this.#seen?.addRows(client, records.rows(0));
    return tally;
  }

  #stage(client: ClientBase, records: Records): Promise<Tally> {
    return stageAndMerge(client, this.#layouts, this.#origin, records, this.#seen?.adding());
  }
}

/** Whether a root row that is new proves that its owner has no other rows yet. */
function ownersFollowTheRoot(layouts: Layouts): boolean {
  const [root] = layouts;
  return layouts.every(
    ({ table }) =>
      table.owner === undefined || root.key.every((name) => table.owner?.includes(name)),
  );
}
