// Records on their way that are not rows yet: most of what is read again is stored as it is, and then its key and the
// hash of its bytes are all that is needed of it.

import { InvariantError } from '../errors.ts';
import { asSent, type JsonObject } from '../json.ts';
import { RecordList } from '../record-list.ts';
import { valuesOf } from '../row.ts';
import type { Slice } from '../slice.ts';
import type { Made, Pending, RecordRows, Reject, Row, Stream } from '../stream.ts';
import { makeWhole } from './make.ts';
import type { Outlined } from './rows.ts';
import type { Toll } from './toll.ts';

export class PendingList implements Pending {
  readonly #stream: Stream;
  readonly #toll: Toll;
  /** Of each record its outline, as if that were its row in a first table, and its bytes. */
  readonly #list = new RecordList();
  readonly #made = new Map<number, RecordRows | Reject>();

  constructor(stream: Stream, toll: Toll) {
    this.#stream = stream;
    this.#toll = toll;
  }

  get length(): number {
    return this.#list.length;
  }

  get isMostlyMade(): boolean {
    return 2 * this.#made.size > this.length;
  }

  keys(): readonly string[] {
    return this.#list.keys();
  }

  outlines(): readonly Row[] {
    return this.#list.list(0);
  }

  /** A later record takes the place of an earlier one with the same key. */
  add({ key, row, sent }: Outlined): void {
    this.#list.add({ key, rows: [[row], [sent]] });
  }

  made(places: readonly number[]): Made {
    const records = new RecordList();
    const rejects: Reject[] = [];
    if (places.length === 0) return { records, rejects };
    const outlines = this.outlines();
    const sent = this.#list.list(1);
    for (const place of places) {
      const made = this.#madeOnce(place, outlines[place], sent[place]);
      if ('rows' in made) records.add(made);
      else rejects.push(made);
    }
    return { records, rejects };
  }

  /** So that what it takes its toll of is counted once. */
  #madeOnce(place: number, outline: Row | undefined, sent: Slice | undefined): RecordRows | Reject {
    const known = this.#made.get(place);
    if (known !== undefined) return known;
    if (outline === undefined || sent === undefined) {
      throw new InvariantError(`no record is pending at ${place}`);
    }
    const made = makeWhole(this.#stream, this.#brief(outline, sent), this.#toll);
    this.#made.set(place, made);
    return made;
  }

  #brief(outline: Row, sent: Slice): JsonObject {
    const { key, columns } = this.#stream.tables[0];
    const names = Object.keys(columns).filter((name) => key.includes(name));
    const values = valuesOf(outline);
    const ofKey = names.map((name, part) => [name, values[part] ?? null]);
    return { ...Object.fromEntries(ofKey), [asSent]: sent };
  }
}
