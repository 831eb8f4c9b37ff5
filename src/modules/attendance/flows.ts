// Punches: each run reads the last days of everybody again and replaces them whole, since punches are
// corrected, imported and removed afterwards, and Lark tells nobody.

import { NotFoundError } from '../../errors.ts';
import { type JsonObject, objectsOf } from '../../json.ts';
import type { Expectation, Page, Read, Span, Stream, StreamName } from '../../stream.ts';
import { ahead } from '../ahead.ts';
import { dayMs, hourMs } from '../dates.ts';
import { portionsOf } from '../portions.ts';
import { queryFlows } from './endpoints.ts';
import { type Person, rememberedPeople, startFor } from './people.ts';
import type { AttendanceSettings } from './settings.ts';
import * as tables from './tables.ts';
import { type Group, stepsOf, type Visitor, windowsIn } from './visits.ts';

/** How everybody whom the app may see is found. */
export interface Everybody {
  readonly needs: readonly StreamName[];
  ids(read: Read): Promise<readonly string[]>;
  /** The calls that finding them costs, where no other stream finds them. */
  expects(read: Read): AsyncIterable<Expectation>;
}

const idsPerCall = 50;
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
    yield* this.#visited(this.#groups(ids, people, now), (members) => [
      { records: members.map((id) => ({ person: this.#personAfter(id, people.get(id), now) })) },
      { records: [], cursor: { ...this.#read.from } },
    ]);
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
    for (const { span } of this.#groups(ids, people, now)) calls += windowsIn(span);
    yield { endpoint: queryFlows, calls };
  }

  /** Everybody's punches of the span; what is remembered of each person stays. */
  async *past(span: Span): AsyncGenerator<Page> {
    const { userIds } = this.#settings;
    const people = await rememberedPeople(this.#read, this.#settings);
    const ids = userIds.length > 0 ? userIds : await this.#visible(people);
    const asked = ids.filter((id) => (people.get(id)?.unknown_since ?? 0) === 0);
    const groups = portionsOf(asked, idsPerCall).map((members) => ({ ids: members, span }));
    yield* this.#visited(groups, () => []);
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
    const to = Math.floor(now / 1000) * 1000 + 1000;
    const starts = new Map<number, string[]>();
    for (const id of new Set(ids)) {
      const person = this.#read.full ? undefined : people.get(id);
      const from = Math.floor(startFor(person, this.#settings, now) / hourMs) * hourMs;
      if (person === undefined || person.unknown_since === 0) {
        starts
          .set(from, starts.get(from) ?? [])
          .get(from)
          ?.push(id);
      } else if (person.retry_at <= now) {
        yield { ids: [id], span: { from, to } };
      } else {
        this.#unknown.add(id);
      }
    }
    for (const [from, members] of starts) {
      for (const portion of portionsOf(members, idsPerCall)) {
        yield { ids: portion, span: { from, to } };
      }
    }
  }

  /** `after` gives what follows when a group was read whole. */
  #visited(
    groups: Iterable<Group>,
    after: (ids: readonly string[]) => readonly Page[],
  ): AsyncGenerator<Page, void> {
    const known = (ids: readonly string[]) => ids.filter((id) => !this.#unknown.has(id));
    const visitor: Visitor = {
      window: ({ ids }, window) => this.#window(known(ids), window),
      end: ({ ids, span }) => [...this.#covering(known(ids), span), ...after(ids)],
    };
    return ahead(stepsOf(groups, visitor), (step) => step());
  }

  /** Reads people's punches in [from, to); an id that fails the call is found by halving. */
  async *#window(ids: readonly string[], window: Span): AsyncGenerator<Page, void> {
    if (ids.length === 0) return;
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
      const halves = portionsOf(ids, Math.ceil(ids.length / 2));
      yield* ahead(halves, (half) => this.#window(half, window));
    }
  }

  #covering(ids: readonly string[], { from, to }: Span): readonly Page[] {
    if (ids.length === 0) return [];
    const { employeeType } = this.#settings;
    const check_time = { from: isoOf(from), to: isoOf(to) };
    return [{ records: [], covers: { employee_type: employeeType, user_id: ids, check_time } }];
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
