// Records on their way that are not rows yet: most of what is read again is stored as it is, and then its key and the
// hash of its bytes are all that is needed of it.

import { InvariantError } from '../errors.ts';
import { asSent, type JsonObject } from '../json.ts';
import { RecordList, toldKey } from '../record-list.ts';
import type { Slice } from '../slice.ts';
import type { Made, Pending, RecordRows, Reject, Stream } from '../stream.ts';
import { ValueList } from '../value-list.ts';
import { makeWhole } from './make.ts';
import { keyOfOutline, type Outlined } from './rows.ts';
import type { Toll } from './toll.ts';

/** About how many records there are. */
const usualLength = 1000;
/** What is kept of where a record's bytes are: the place of their source, their start and their end. */
const numbersPerRecord = 3;

export class PendingList implements Pending {
  readonly #stream: Stream;
  readonly #toll: Toll;
  /** What all keys begin with. */
  readonly #leading: readonly string[];
  /** What they end with: each once, in the order of the records. */
  readonly #ends = new Set<string>();
  readonly #endList = new ValueList('text', usualLength);
  readonly #hashes = new ValueList('bytea', usualLength);
  readonly #sources: Buffer[] = [];
  readonly #sent: number[] = [];
  readonly #made = new Map<number, RecordRows | Reject>();

  /** For records whose keys, in the order of the columns, differ from this one in their last value. */
  constructor(stream: Stream, toll: Toll, { values }: Outlined) {
    this.#stream = stream;
    this.#toll = toll;
    this.#leading = values.slice(0, -1);
  }

  get length(): number {
    return this.#ends.size;
  }

  get isMostlyMade(): boolean {
    return 2 * this.#made.size > this.length;
  }

  /** Whether there is none with its key, and it may be added. */
  takes({ values }: Outlined): boolean {
    for (let part = 0; part < this.#leading.length; part += 1) {
      if (values[part] !== this.#leading[part]) return false;
    }
    return !this.#ends.has(values.at(-1) ?? '');
  }

  add({ values, digest, mark, sent }: Outlined): void {
    const end = values.at(-1) ?? '';
    this.#ends.add(end);
    this.#endList.addText(end);
    this.#hashes.addHex(digest, mark);
    if (this.#sources.at(-1) !== sent.source) this.#sources.push(sent.source);
    this.#sent.push(this.#sources.length - 1, sent.start, sent.end);
  }

  keys(): readonly string[] {
    return Array.from(this.#ends, (end) =>
      toldKey(keyOfOutline(this.#stream, [...this.#leading, end])),
    );
  }

  outline(): readonly (string | Buffer)[] {
    return [...this.#leading, this.#endList.bytes, this.#hashes.bytes];
  }

  made(places: readonly number[]): Made {
    const records = new RecordList();
    const rejects: Reject[] = [];
    const ends = places.length === 0 ? [] : [...this.#ends];
    for (const place of places) {
      const made = this.#madeOnce(place, ends[place] ?? '');
      if ('rows' in made) records.add(made);
      else rejects.push(made);
    }
    return { records, rejects };
  }

  /** So that what it takes its toll of is counted once. */
  #madeOnce(place: number, end: string): RecordRows | Reject {
    const known = this.#made.get(place);
    if (known !== undefined) return known;
    const brief = { ...this.#fieldsOf([...this.#leading, end]), [asSent]: this.#sentAt(place) };
    const made = makeWhole(this.#stream, brief, this.#toll);
    this.#made.set(place, made);
    return made;
  }

  #fieldsOf(values: readonly string[]): JsonObject {
    const { key, columns } = this.#stream.tables[0];
    const names = Object.keys(columns).filter((name) => key.includes(name));
    return Object.fromEntries(names.map((name, part) => [name, values[part]]));
  }

  #sentAt(place: number): Slice {
    const at = place * numbersPerRecord;
    const source = this.#sources[this.#sent[at] ?? 0];
    const [start, end] = this.#sent.slice(at + 1, at + numbersPerRecord);
    if (source === undefined || start === undefined || end === undefined) {
      throw new InvariantError(`no record is pending at ${place}`);
    }
    return { source, start, end };
  }
}
