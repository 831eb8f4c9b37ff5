// Loads the records of a batch by the cheapest way that is right: straight into the tables while a
// partition is new, else by staging and merging; around records that Postgres refuses.

import type { ClientBase } from 'pg';
import type { RecordRows } from '../../stream.ts';
import { faultOf } from '../failure.ts';
import { keysOfRecords } from './keys.ts';
import type { Layouts } from './layout.ts';
import { copyStraight, stageAndMerge } from './load.ts';
import type { Origin } from './merge.ts';
import { isPoison, type Loaded, loadAround, undone } from './poison.ts';
import type { Seen } from './seen.ts';
import { nothing } from './tally.ts';

const duplicateKey = '23505';

export interface LoaderOptions {
  /** Nothing was ever committed for the partition, so that its rows are probably all new. */
  readonly fresh: boolean;
  /** Told the keys of what is loaded. */
  readonly seen: Seen | undefined;
}

export class Loader {
  readonly #layouts: Layouts;
  readonly #origin: Origin;
  readonly #seen: Seen | undefined;
  #straight: boolean;

  constructor(layouts: Layouts, origin: Origin, { fresh, seen }: LoaderOptions) {
    this.#layouts = layouts;
    this.#origin = origin;
    this.#seen = seen;
    this.#straight = fresh && ownersFollowTheRoot(layouts);
  }

  async load(client: ClientBase, records: readonly RecordRows[]): Promise<Loaded> {
    if (records.length === 0) return { tally: nothing, rejects: [] };
    if (this.#straight) {
      const loaded = await this.#loadStraight(client, records);
      if (loaded !== undefined) return loaded;
    }
    const load = async (part: readonly RecordRows[]) => {
      const tally = await stageAndMerge(client, this.#layouts, this.#origin, part);
      await this.#seen?.addStaged(client);
      return tally;
    };
    return loadAround(client, this.#layouts, load, records);
  }

  async #loadStraight(
    client: ClientBase,
    records: readonly RecordRows[],
  ): Promise<Loaded | undefined> {
    try {
      const copy = () => copyStraight(client, this.#layouts, this.#origin, records);
      const tally = await undone(client, copy);
      await this.#seen?.add(client, keysOfRecords(this.#layouts[0], records));
      return { tally, rejects: [] };
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
