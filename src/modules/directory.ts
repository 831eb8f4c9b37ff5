// Ids of people and departments to their names, for streams and whoever uses larkhouse as a library.
// https://open.larksuite.com/document/server-docs/contact-v3/user/batch

import { type JsonObject, objectsOf, stringsOf } from '../json.ts';
import type { Endpoint, Lark } from '../tenant.ts';
import { batchGetDepartments, batchGetUsers } from './contact/endpoints.ts';
import { idsPerCall } from './contact/range.ts';
import type { ContactSettings } from './contact/settings.ts';
import { portionsOf } from './portions.ts';

export interface PersonEntry {
  readonly id: string;
  readonly name: string;
  /** Ids, of the kind that the directory is asked with; empty without the scope that shows them. */
  readonly departmentIds: readonly string[];
}

export interface DepartmentEntry {
  readonly id: string;
  readonly name: string;
  /** `0` at the top. */
  readonly parentId: string;
}

/** Whoever was found, by id. An id that the app does not see is not in it. */
export type Entries<E> = ReadonlyMap<string, E>;

export interface Directory {
  /** Throws what a call throws. */
  people(ids: readonly string[]): Promise<Entries<PersonEntry>>;
  departments(ids: readonly string[]): Promise<Entries<DepartmentEntry>>;
}

export type IdTypes = Pick<ContactSettings, 'departmentIdType' | 'userIdType'>;

/** Asks for each id once, 50 a call, and remembers the answer as long as it lives. */
export function directoryOf(
  lark: Lark,
  { departmentIdType, userIdType }: IdTypes = {
    departmentIdType: 'open_department_id',
    userIdType: 'open_id',
  },
): Directory {
  const types = { department_id_type: departmentIdType, user_id_type: userIdType };
  const asked = (endpoint: Endpoint, field: string) => async (ids: readonly string[]) =>
    objectsOf((await lark.call(endpoint, { query: { ...types, [field]: ids } }))['items']);
  const people = new Memory(asked(batchGetUsers, 'user_ids'), (user) => ({
    id: textOf(user[userIdType]),
    name: textOf(user['name']),
    departmentIds: stringsOf(user['department_ids']),
  }));
  const departments = new Memory(asked(batchGetDepartments, 'department_ids'), (department) => ({
    id: textOf(department[departmentIdType]),
    name: textOf(department['name']),
    parentId: textOf(department['parent_department_id']),
  }));
  return {
    people: (ids) => people.of(ids),
    departments: (ids) => departments.of(ids),
  };
}

/** Answers under way are shared, too. What failed is asked again. */
class Memory<E extends { readonly id: string }> {
  readonly #ask: (ids: readonly string[]) => Promise<readonly JsonObject[]>;
  readonly #entry: (item: JsonObject) => E;
  readonly #known = new Map<string, Promise<Entries<E>>>();

  constructor(
    ask: (ids: readonly string[]) => Promise<readonly JsonObject[]>,
    entry: (item: JsonObject) => E,
  ) {
    this.#ask = ask;
    this.#entry = entry;
  }

  async of(ids: readonly string[]): Promise<Entries<E>> {
    const wanted = [...new Set(ids)];
    const fresh = wanted.filter((id) => !this.#known.has(id));
    for (const portion of portionsOf(fresh, idsPerCall)) this.#learn(portion);
    const found = new Map<string, E>();
    for (const id of wanted) {
      const entry = (await this.#known.get(id))?.get(id);
      if (entry !== undefined) found.set(id, entry);
    }
    return found;
  }

  #learn(ids: readonly string[]): void {
    const answer = this.#ask(ids).then(
      (items) => new Map(items.map(this.#entry).map((entry) => [entry.id, entry])),
    );
    answer.catch(() => {
      for (const id of ids) this.#known.delete(id);
    });
    for (const id of ids) this.#known.set(id, answer);
  }
}

function textOf(value: JsonObject[string] | undefined): string {
  return typeof value === 'string' ? value : '';
}
