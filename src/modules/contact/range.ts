// What is read of the tenant's people: the departments to start from, and users granted one by one.

import { NotFoundError, PermissionError, SourceError } from '../../errors.ts';
import { type JsonObject, objectsOf, stringsOf } from '../../json.ts';
import type { Call, Lark } from '../../tenant.ts';
import { ahead } from '../ahead.ts';
import { portionsOf } from '../portions.ts';
import { batchGetDepartments, listChildren, listScopes } from './endpoints.ts';
import type { ContactSettings } from './settings.ts';

export interface Range {
  /** Says under which conditions people were read; two snapshots compare only when it is the same. */
  readonly identity: string;
  readonly departments: readonly string[];
  readonly users: readonly string[];
}

export const rootDepartment = '0';

/** As many departments or people as Lark takes in a call. */
export const idsPerCall = 50;

/** The configured departments, else the root, else, without all-staff range, what the app was granted. */
export async function rangeOf(lark: Lark, settings: ContactSettings): Promise<Range> {
  const { departmentIds } = settings;
  if (departmentIds.length > 0) {
    return {
      identity: identityOf('departments', departmentIds),
      departments: departmentIds,
      users: [],
    };
  }
  try {
    await lark.call(listChildren, {
      params: { department_id: rootDepartment },
      query: { ...typesOf(settings), page_size: 1 },
    });
    return { identity: 'root', departments: [rootDepartment], users: [] };
  } catch (error) {
    if (!(error instanceof PermissionError) || error.scopes.length > 0) throw error;
    return granted(lark, settings);
  }
}

async function granted(lark: Lark, settings: ContactSettings): Promise<Range> {
  const departments: string[] = [];
  const users: string[] = [];
  for await (const data of lark.pages(listScopes, { query: typesOf(settings) })) {
    departments.push(...stringsOf(data['department_ids']));
    users.push(...stringsOf(data['user_ids']));
  }
  return { identity: identityOf('granted', [...departments, ...users]), departments, users };
}

function identityOf(kind: string, ids: readonly string[]): string {
  return `${kind} ${[...ids].sort().join(' ')}`;
}

export function typesOf(settings: ContactSettings): Readonly<Record<string, string>> {
  return { department_id_type: settings.departmentIdType, user_id_type: settings.userIdType };
}

/** The departments of the range and all below, each once, in pages; the root itself is no department. */
export async function* departmentsIn(
  lark: Lark,
  range: Range,
  settings: ContactSettings,
): AsyncGenerator<readonly JsonObject[]> {
  const seen = new Set<string>();
  const fresh = (items: readonly JsonObject[]): readonly JsonObject[] =>
    items.filter(({ open_department_id: id }) => {
      const isNew = typeof id !== 'string' || !seen.has(id);
      if (typeof id === 'string') seen.add(id);
      return isNew;
    });
  const named = range.departments.filter((id) => id !== rootDepartment);
  const asked = (ids: readonly string[]) => departmentsBy(lark, ids, settings);
  for await (const items of ahead(portionsOf(named, idsPerCall), asked)) yield fresh(items);
  const listed = (department: string) => below(lark, department, settings);
  for await (const items of ahead(range.departments, listed)) yield fresh(items);
}

async function* departmentsBy(
  lark: Lark,
  ids: readonly string[],
  settings: ContactSettings,
): AsyncGenerator<readonly JsonObject[], void> {
  const query = { ...typesOf(settings), department_ids: ids };
  const items = objectsOf((await lark.call(batchGetDepartments, { query }))['items']);
  const answered = new Set(items.map((item) => item[settings.departmentIdType]));
  const missing = ids.filter((id) => !answered.has(id));
  if (missing.length > 0 && settings.departmentIds.length > 0) {
    throw new NotFoundError(`the app does not see the department ${missing.join(', ')}`, {
      hint: 'correct department_ids, or add the department to the contact range of the app',
    });
  }
  yield items;
}

/** Codes for "too many departments below to list at once". */
const tooDeep = new Set([43010, 40162]);

async function* below(
  lark: Lark,
  department: string,
  settings: ContactSettings,
): AsyncGenerator<readonly JsonObject[], void> {
  try {
    yield* children(lark, department, { ...typesOf(settings), fetch_child: true });
  } catch (error) {
    if (!(error instanceof SourceError) || !tooDeep.has(error.circumstances.code ?? 0)) throw error;
    yield* levelByLevel(lark, department, settings);
  }
}

async function* levelByLevel(
  lark: Lark,
  department: string,
  settings: ContactSettings,
): AsyncGenerator<readonly JsonObject[], void> {
  const query = { ...typesOf(settings), fetch_child: false };
  const listed = (id: string) => children(lark, id, query);
  for (let level = [department]; level.length > 0; ) {
    const next: string[] = [];
    for await (const items of ahead(level, listed)) {
      next.push(...stringsOf(items.map((item) => item[settings.departmentIdType] ?? null)));
      yield items;
    }
    level = next;
  }
}

async function* children(
  lark: Lark,
  department: string,
  query: Call['query'] & object,
): AsyncGenerator<readonly JsonObject[], void> {
  const params = { department_id: department };
  for await (const data of lark.pages(listChildren, { params, query })) {
    yield objectsOf(data['items']);
  }
}
