// What is read of the tenant's people: the departments to start from, and users granted one by one.

import { NotFoundError, PermissionError, SourceError } from '../../errors.ts';
import { type JsonObject, objectsOf, stringsOf } from '../../json.ts';
import type { Lark } from '../../tenant.ts';
import { batchGetDepartments, listChildren, listScopes } from './endpoints.ts';
import type { ContactSettings } from './settings.ts';

export interface Range {
  /** Says under which conditions people were read; two snapshots compare only when it is the same. */
  readonly identity: string;
  readonly departments: readonly string[];
  readonly users: readonly string[];
}

export const rootDepartment = '0';

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
  yield fresh(await departmentsBy(lark, named, settings));
  for (const department of range.departments) {
    for await (const items of below(lark, department, settings)) yield fresh(items);
  }
}

async function departmentsBy(
  lark: Lark,
  ids: readonly string[],
  settings: ContactSettings,
): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  for (let start = 0; start < ids.length; start += 50) {
    const asked = ids.slice(start, start + 50);
    const query = { ...typesOf(settings), department_ids: asked };
    const items = objectsOf((await lark.call(batchGetDepartments, { query }))['items']);
    const answered = new Set(items.map((item) => item[settings.departmentIdType]));
    const missing = asked.filter((id) => !answered.has(id));
    if (missing.length > 0 && settings.departmentIds.length > 0) {
      throw new NotFoundError(`the app does not see the department ${missing.join(', ')}`, {
        hint: 'correct department_ids, or add the department to the contact range of the app',
      });
    }
    found.push(...items);
  }
  return found;
}

/** Codes for "too many departments below to list at once". */
const tooDeep = new Set([43010, 40162]);

async function* below(
  lark: Lark,
  department: string,
  settings: ContactSettings,
): AsyncGenerator<readonly JsonObject[]> {
  const params = { department_id: department };
  const query = { ...typesOf(settings), fetch_child: true };
  try {
    for await (const data of lark.pages(listChildren, { params, query })) {
      yield objectsOf(data['items']);
    }
  } catch (error) {
    if (!(error instanceof SourceError) || !tooDeep.has(error.circumstances.code ?? 0)) throw error;
    yield* levelByLevel(lark, department, settings);
  }
}

async function* levelByLevel(
  lark: Lark,
  department: string,
  settings: ContactSettings,
): AsyncGenerator<readonly JsonObject[]> {
  const waiting = [department];
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    const call = {
      params: { department_id: id },
      query: { ...typesOf(settings), fetch_child: false },
    };
    for await (const data of lark.pages(listChildren, call)) {
      const items = objectsOf(data['items']);
      for (const item of items) {
        const child = item[settings.departmentIdType];
        if (typeof child === 'string') waiting.push(child);
      }
      yield items;
    }
  }
}
