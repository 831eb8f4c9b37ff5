// Punches: each run reads the last days of everybody again and replaces them whole, since punches are
// corrected, imported and removed afterwards, and Lark tells nobody.

import { NotFoundError } from '../../errors.ts';
import { type JsonObject, objectsOf } from '../../json.ts';
import type { Expectation, Page, Read, Span, Stream, StreamName } from '../../stream.ts';
import { dayMs, hourMs } from '../dates.ts';
import { queryFlows } from './endpoints.ts';
import { type Person, rememberedPeople, startFor } from './people.ts';
import type { AttendanceSettings } from './settings.ts';
import * as tables from './tables.ts';

/** How everybody whom the app may see is found. */
export interface Everybody {
  readonly needs: readonly StreamName[];
  ids(read: Read): Promise<readonly string[]>;
  /** The calls that finding them costs, where no other stream finds them. */
  expects(read: Read): AsyncIterable<Expectation>;
}

const idsPerCall = 50;
const spanMs = 30 * dayMs;
const retryMs = 7 * dayMs;

export function flows(settings: AttendanceSettings, everybody: Everybody): Stream {
  return {
    name: 'attendance.flows',
    tables: [tables.flows, tables.people],
    needs: settings.userIds.length > 0 ? [] : everybody.needs,
    partitions: () => [{ key: settings.employeeType }],
    pages: (read) => new Reading(settings, everybody, read).pages(),
    expects: (read) => new Reading(settings, everybody, read).expects(),
    past: (read, span) => new Reading(settings, everybody, read).past(span),
  };
}

/** People who are read from the same instant on. */
interface Group {
  readonly ids: readonly string[];
  readonly from: number;
}

/** One reading of everybody's punches. */
class Reading {
  readonly #settings: AttendanceSettings;
  readonly #everybody: Everybody;
  readonly #read: Read;
  readonly #unknown = new Set<string>();

  constructor(settings: AttendanceSettings, everybody: Everybody, read: Read) {
    this.#settings = settings;
    this.#everybody = everybody;
    this.#read = read;
  }

  async *pages(): AsyncGenerator<Page> {
    const { userIds } = this.#settings;
    const now = await this.#read.lark.now();
    const people = await rememberedPeople(this.#read, this.#settings);
    const ids = userIds.length > 0 ? userIds : await this.#visible(people);
    for (const group of this.#groups(ids, people, now)) {
      yield* this.#group(group, people, now);
      yield { records: [], cursor: { ...this.#read.from } };
    }
    yield { records: [], cursor: { read_to: now } };
    this.#reportUnknown();
  }

  async *expects(): AsyncGenerator<Expectation> {
    const { userIds } = this.#settings;
    const now = await this.#read.lark.now();
    const people = await rememberedPeople(this.#read, this.#settings);
    if (userIds.length === 0) yield* this.#everybody.expects(this.#read);
    const ids = userIds.length > 0 ? userIds : await this.#visible(people);
    let calls = 0;
    for (const { from } of this.#groups(ids, people, now))
      calls += Math.ceil((now - from) / spanMs);
    yield { endpoint: queryFlows, calls };
  }

  /** Everybody's punches of the span; what is remembered of each person stays. */
  async *past(span: Span): AsyncGenerator<Page> {
    const { userIds } = this.#settings;
    const people = await rememberedPeople(this.#read, this.#settings);
    const ids = userIds.length > 0 ? userIds : await this.#visible(people);
    const asked = ids.filter((id) => (people.get(id)?.unknown_since ?? 0) === 0);
    for (let first = 0; first < asked.length; first += idsPerCall) {
      yield* this.#windows(asked.slice(first, first + idsPerCall), span);
    }
    yield { records: [], cursor: { ...this.#read.from } };
    this.#reportUnknown();
  }

  async #visible(people: ReadonlyMap<string, Person>): Promise<readonly string[]> {
    const visible = await this.#everybody.ids(this.#read);
    return this.#settings.includeTerminatedUsers
      ? [...new Set([...visible, ...people.keys()])]
      : visible;
  }

  /** At most 50 people each; ids that are known to be unknown wait for their next try, which they have alone. */
  *#groups(
    ids: readonly string[],
    people: ReadonlyMap<string, Person>,
    now: number,
  ): Generator<Group> {
    const starts = new Map<number, string[]>();
    for (const id of new Set(ids)) {
      const person = this.#read.full ? undefined : people.get(id);
      const from = Math.floor(startFor(person, this.#settings, now) / hourMs) * hourMs;
      if (person === undefined || person.unknown_since === 0) {
        starts.set(from, [...(starts.get(from) ?? []), id]);
      } else if (person.retry_at <= now) {
        yield { ids: [id], from };
      } else {
        this.#unknown.add(id);
      }
    }
    for (const [from, members] of starts) {
      for (let first = 0; first < members.length; first += idsPerCall) {
        yield { ids: members.slice(first, first + idsPerCall), from };
      }
    }
  }

  async *#group(
    group: Group,
    people: ReadonlyMap<string, Person>,
    now: number,
  ): AsyncGenerator<Page> {
    const to = Math.floor(now / 1000) * 1000 + 1000;
    yield* this.#windows(group.ids, { from: group.from, to });
    yield {
      records: group.ids.map((id) => ({ person: this.#personAfter(id, people.get(id), now) })),
    };
  }

  async *#windows(ids: readonly string[], span: Span): AsyncGenerator<Page> {
    let known = ids;
    for (let from = span.from; from < span.to && known.length > 0; from += spanMs) {
      yield* this.#window(known, { from, to: Math.min(from + spanMs, span.to) });
      known = known.filter((id) => !this.#unknown.has(id));
    }
  }

  /** Reads people's punches in [from, to); an id that fails the call is found by halving. */
  async *#window(ids: readonly string[], window: Span): AsyncGenerator<Page> {
    const call = {
      query: {
        employee_type: this.#settings.employeeType,
        include_terminated_user: this.#settings.includeTerminatedUsers,
      },
      body: {
        user_ids: ids,
        check_time_from: String(window.from / 1000),
        check_time_to: String(window.to / 1000),
      },
    };
    try {
      for await (const data of this.#read.lark.pages(queryFlows, call)) {
        yield { records: objectsOf(data['user_flow_results']).map((flow) => this.#recordOf(flow)) };
      }
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      const [only] = ids;
      if (ids.length === 1 && only !== undefined) {
        this.#unknown.add(only);
        return;
      }
      const half = Math.ceil(ids.length / 2);
      yield* this.#window(ids.slice(0, half), window);
      yield* this.#window(ids.slice(half), window);
      return;
    }
    yield {
      records: [],
      covers: {
        employee_type: this.#settings.employeeType,
        user_id: ids,
        check_time: { from: isoOf(window.from), to: isoOf(window.to) },
      },
    };
  }

  #recordOf(flow: JsonObject): JsonObject {
    return { flow: { ...flow, employee_type: this.#settings.employeeType } };
  }

  #personAfter(user_id: string, before: Person | undefined, now: number): Person {
    const employee_type = this.#settings.employeeType;
    if (!this.#unknown.has(user_id)) {
      return { user_id, employee_type, read_to: now, unknown_since: 0, retry_at: 0 };
    }
    return {
      user_id,
      employee_type,
      read_to: before?.read_to ?? 0,
      unknown_since: before?.unknown_since || now,
      retry_at: now + retryMs,
    };
  }

  /** A person outside attendance is normal among all people, and an error among the chosen ones. */
  #reportUnknown(): void {
    if (this.#unknown.size === 0) return;
    const ids = [...this.#unknown].slice(0, 10).join(', ');
    const what = `Attendance does not know ${this.#unknown.size} of the ${this.#settings.employeeType}s, or not for this app: ${ids}`;
    if (this.#settings.userIds.length === 0) {
      this.#read.warn(`${what}; they are asked for again every 7 days`);
      return;
    }
    throw new NotFoundError(what, {
      hint: 'correct user_ids in the configuration, or add these people to the attendance data range of the app',
    });
  }
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
