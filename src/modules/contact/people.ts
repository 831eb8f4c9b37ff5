// The people of a range, found through its departments: each once, with the departments that list them.

import { type JsonObject, objectsOf, stringsOf } from '../../json.ts';
import type { Lark } from '../../tenant.ts';
import { ahead } from '../ahead.ts';
import { portionsOf } from '../portions.ts';
import { batchGetUsers, findUsers } from './endpoints.ts';
import { departmentsIn, idsPerCall, type Range, rootDepartment, typesOf } from './range.ts';
import type { ContactSettings } from './settings.ts';

export interface Membership extends JsonObject {
  readonly id: string;
  readonly open_department_id: string;
}

export interface Person extends JsonObject {
  readonly user: JsonObject;
  /** Every department of the person: its id of the configured kind, and its open_department_id. */
  readonly memberships: readonly Membership[];
}

/**
 * Pages of people. Lark lists a person once for each department and tells all departments at once only to
 * apps with the department field scope: without it a person waits until every department was listed.
 */
export async function* peopleOf(
  lark: Lark,
  range: Range,
  settings: ContactSettings,
): AsyncGenerator<readonly Person[]> {
  const openIds = await openDepartmentIds(lark, range, settings);
  const crowd = new Crowd(openIds);
  const listed = (department: string) => membersOf(lark, department, settings);
  for await (const { department, users } of ahead(openIds.keys(), listed)) {
    yield users.flatMap((user) => crowd.listed(user, department));
  }
  yield crowd.waiting();
  for await (const users of grantedUsers(lark, range, settings)) {
    yield users.flatMap((user) => crowd.granted(user));
  }
}

interface Members {
  readonly department: string;
  readonly users: readonly JsonObject[];
}

async function* membersOf(
  lark: Lark,
  department: string,
  settings: ContactSettings,
): AsyncGenerator<Members, void> {
  const query = { ...typesOf(settings), department_id: department };
  for await (const data of lark.pages(findUsers, { query })) {
    yield { department, users: objectsOf(data['items']) };
  }
}

/** Who was given already, and who waits for the rest of the departments. */
class Crowd {
  readonly #openIds: ReadonlyMap<string, string>;
  readonly #given = new Set<string>();
  readonly #waiting = new Map<string, { user: JsonObject; memberships: Membership[] }>();

  constructor(openIds: ReadonlyMap<string, string>) {
    this.#openIds = openIds;
  }

  listed(user: JsonObject, department: string): readonly Person[] {
    const id = user['open_id'];
    if (departmentsOf(user).length > 0 || typeof id !== 'string') return this.granted(user);
    const known = this.#waiting.get(id) ?? { user, memberships: [] };
    known.memberships.push(this.#membership(department));
    this.#waiting.set(id, known);
    return [];
  }

  granted(user: JsonObject): readonly Person[] {
    const id = user['open_id'];
    if (typeof id !== 'string') return [{ user, memberships: [] }];
    if (this.#given.has(id) || this.#waiting.has(id)) return [];
    this.#given.add(id);
    return [{ user, memberships: departmentsOf(user).map((member) => this.#membership(member)) }];
  }

  waiting(): readonly Person[] {
    return [...this.#waiting.values()];
  }

  #membership(id: string): Membership {
    return { id, open_department_id: this.#openIds.get(id) ?? id };
  }
}

function departmentsOf(user: JsonObject): readonly string[] {
  const ordered = objectsOf(user['orders']).map((order) => order['department_id']);
  return [
    ...new Set(
      stringsOf([...stringsOf(user['department_ids']), ...ordered.map((id) => id ?? null)]),
    ),
  ];
}

/** The departments to list, by their id of the configured kind, with their open_department_id. */
async function openDepartmentIds(
  lark: Lark,
  range: Range,
  settings: ContactSettings,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  if (range.departments.includes(rootDepartment)) ids.set(rootDepartment, rootDepartment);
  for await (const departments of departmentsIn(lark, range, settings)) {
    for (const department of departments) {
      const id = department[settings.departmentIdType] ?? department['open_department_id'];
      if (typeof id === 'string') ids.set(id, String(department['open_department_id'] ?? id));
    }
  }
  return ids;
}

/** People granted to the app one by one, whatever their departments. */
function grantedUsers(
  lark: Lark,
  { users }: Range,
  settings: ContactSettings,
): AsyncGenerator<readonly JsonObject[], void> {
  return ahead(portionsOf(users, idsPerCall), async function* (user_ids) {
    const query = { ...typesOf(settings), user_ids };
    yield objectsOf((await lark.call(batchGetUsers, { query }))['items']);
  });
}
