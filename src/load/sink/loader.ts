// Loads the records of a batch by the cheapest way that is right: straight into the tables while a
// partition is new, else by staging and merging; around records that Postgres refuses.

import type { ClientBase } from 'pg';
import type { RecordRows } from '../../stream.ts';
import { faultOf } from '../failure.ts';
import type { Layouts } from './layout.ts';
import { copyStraight, stageAndMerge } from './load.ts';
import type { Origin } from './merge.ts';
import { isPoison, type Loaded, loadAround, undone } from './poison.ts';
import { nothing } from './tally.ts';

const duplicateKey = '23505';

export class Loader {
  readonly #layouts: Layouts;
  readonly #origin: Origin;
  #straight: boolean;

  /** `fresh`: nothing was ever committed for the partition, so that its rows are probably all new. */
  constructor(layouts: Layouts, origin: Origin, fresh: boolean) {
    this.#layouts = layouts;
    this.#origin = origin;
    this.#straight = fresh && ownersFollowTheRoot(layouts);
  }

  async load(client: ClientBase, records: readonly RecordRows[]): Promise<Loaded> {
    if (records.length === 0) return { tally: nothing, rejects: [] };
    if (this.#straight) {
      const loaded = await this.#loadStraight(client, records);
      if (loaded !== undefined) return loaded;
    }
    const load = (part: readonly RecordRows[]) =>
      stageAndMerge(client, this.#layouts, this.#origin, part);
    return loadAround(client, this.#layouts, load, records);
  }

  async #loadStraight(
    client: ClientBase,
    records: readonly RecordRows[],
  ): Promise<Loaded | undefined> {
    try {
      const copy = () => copyStraight(client, this.#layouts, this.#origin, records);
      return { tally: await undone(client, copy), rejects: [] };
    } catch (error) {
      const isKnown = faultOf(error).code === duplicateKey;
      if (!isKnown && !isPoison(error)) throw error;
      if (isKnown) this.#straight = false;
      return undefined;
    }
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
