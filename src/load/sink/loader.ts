// Loads the records of a batch by the cheapest way that is right: straight into the tables while a
// partition is new, else by staging and merging; with care, around records that Postgres refuses.

import type { ClientBase } from 'pg';
import type { Pending, Records } from '../../stream.ts';
import { faultOf } from '../failure.ts';
import type { Layouts } from './layout.ts';
import { copyStraight, type Differing, differing, type Staging, stageAndMerge } from './load.ts';
import type { Also, Origin } from './merge.ts';
import { isPoison, type Loaded, loadAround } from './poison.ts';
import type { Seen } from './seen.ts';
import { added, nothing, type Tally } from './tally.ts';

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
    if (isCareful) return this.#loadAround(client, records, this.#seen?.adding());
    const tally = this.#straight
      ? await this.#copy(client, records)
      : await this.#stage(client, records, { also: this.#seen?.adding() });
    return { tally, rejects: [] };
  }

  /** The same of those pending records that differ from what is stored; all are told as seen. */
  async loadPending(client: ClientBase, pending: Pending, isCareful: boolean): Promise<Loaded> {
    const [layout] = this.#layouts;
    const outline = { layout, rows: pending.length, values: pending.outline() };
    const differ = await differing(client, outline, this.#origin, this.#seen?.adding());
    const { records, rejects } = pending.made(differ.map(([place]) => place - 1));
    // Where one is rejected, the others are no longer these.
    const found =
      rejects.length > 0
        ? undefined
        : differ.map(([, isNew], index): Differing => [index + 1, isNew]);
    const loaded = isCareful
      ? await this.#loadAround(client, records)
      : { tally: await this.#stage(client, records, { found }), rejects: [] };
    return {
      tally: added(loaded.tally, { ...nothing, unchanged: pending.length - differ.length }),
      rejects: [...rejects, ...loaded.rejects],
    };
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

  async #loadAround(client: ClientBase, records: Records, also?: Also): Promise<Loaded> {
    if (records.length === 0) return { tally: nothing, rejects: [] };
    const stage = (part: Records): Promise<Tally> =>
      this.#stage(client, part, { also, always: true });
    return loadAround(client, this.#layouts, stage, records);
  }

  #stage(client: ClientBase, records: Records, how: Omit<Staging, 'origin'>): Promise<Tally> {
    return stageAndMerge(client, this.#layouts, records, { origin: this.#origin, ...how });
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
