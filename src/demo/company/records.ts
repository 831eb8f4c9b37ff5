/** The demo tables' records at any moment, and the revision that tells whether any has moved. */
import type { BaseRecord, Person } from './base.ts';
import { dayOf, timeOn } from './calendar.ts';
import { cellOf } from './cells.ts';
import { type Life, livesOf, longestLife } from './lives.ts';
import { memo } from './memo.ts';
import type { User } from './people.ts';
import { draw } from './random.ts';
import type { Staff } from './staff.ts';
import type { TableSpec } from './tables.ts';

/** 2024-01-01, when the tables that never change were filled. */
const FOUNDED = 19_723;

/** The records of one table at any time. */
export interface Records {
  list(t: number): BaseRecord[];
  /** Grows with every record created, edited or deleted, and with nothing else. */
  revision(t: number): number;
}

/** What records are made from. */
export interface RecordSource {
  readonly seed: string;
  readonly table: TableSpec;
  readonly staff: Staff;
  /** Ids that a record of that day may link to. */
  readonly linkable: (day: number) => readonly string[];
}

/** Records of a table. */
export function makeRecords(source: RecordSource): Records {
  const { seed, table, staff } = source;
  const born = memo((day: number) => livesOf(seed, table, day), 1200);
  const people = memo((day: number) => staff.active(timeOn(day, 12)).map(personOf), 600);
  const versions = new WeakMap<Life, Map<number, BaseRecord>>();
  const known = (t: number): readonly Life[] => {
    if (table.daily === 0) return born(FOUNDED);
    const first = dayOf(t) - longestLife(table) - 10;
    return Array.from({ length: dayOf(t) - first + 1 }, (_, index) => born(first + index)).flat();
  };
  const stateAt = (life: Life, t: number): BaseRecord => {
    const version = life.edits.filter((time) => time <= t).length;
    const own = versions.get(life) ?? new Map<number, BaseRecord>();
    versions.set(life, own);
    const state = own.get(version) ?? recordOf(source, life, version, people(life.day));
    own.set(version, state);
    return state;
  };
  return {
    list: (t) =>
      known(t)
        .filter(({ born: since, dies }) => since <= t && t < dies)
        .map((life) => stateAt(life, t)),
    revision: (t) => revisionOf(known(t), t),
  };
}

/** Days with changes, and the changes of the last one: no change goes by without moving it. */
function revisionOf(lives: readonly Life[], t: number): number {
  const times = lives
    .flatMap(({ born, edits, dies }) => [born, ...edits, dies])
    .filter((time) => time <= t);
  const latest = dayOf(times.reduce((a, b) => Math.max(a, b), timeOn(FOUNDED)));
  const today = times.filter((time) => dayOf(time) === latest).length;
  return (latest - FOUNDED + 1) * 1000 + today;
}

function recordOf(
  { seed, table, linkable }: RecordSource,
  life: Life,
  version: number,
  people: readonly Person[],
): BaseRecord {
  const chance = (name: string, edition: number) => draw(seed, life.id, name, edition);
  const creator = chance('creator', 0).pick(people);
  const modifier = version === 0 ? creator : chance('modifier', version).pick(people);
  const created = life.born;
  const modified = life.edits[version - 1] ?? created;
  const { day, index } = life;
  const times = { created, modified };
  const context = { day, index, people, ...times, creator, modifier, linkable: linkable(day) };
  const cells = table.fields.flatMap(({ field, edited }) => {
    const cell = cellOf(field, { ...context, draw: chance(field.field_id, edited ? version : 0) });
    return cell === undefined ? [] : [[field.field_name, cell] as const];
  });
  return {
    record_id: life.id,
    fields: Object.fromEntries(cells),
    created_time: created,
    last_modified_time: modified,
    created_by: creator,
    last_modified_by: modifier,
  };
}

/** A person as cells show one. */
export function personOf(user: User): Person {
  return {
    id: user.open_id,
    name: user.name,
    en_name: user.en_name ?? '',
    email: user.email ?? '',
    avatar_url: user.avatar?.['avatar_72'] ?? '',
  };
}
