// Approval codes, from wherever they can be seen: no API lists them.

import { isObject, objectsOf } from '../../json.ts';
import { getDefinition, searchTasks } from '../../modules/approval/endpoints.ts';
import { findUsers } from '../../modules/contact/endpoints.ts';
import { rangeOf, typesOf } from '../../modules/contact/range.ts';
import type { ContactSettings } from '../../modules/contact/settings.ts';
import type { Replica } from '../../stream.ts';
import type { Lark } from '../../tenant.ts';
import type { CodeSight, DepartmentSight } from './sight.ts';

/** People whose tasks are looked at, at a call each. */
const mostPeople = 30;

/** The approval of a code. Throws what keeps its definition from being read. */
export async function configuredCode(
  lark: Lark,
  code: string,
  locale: string,
): Promise<readonly CodeSight[]> {
  const call = { params: { approval_code: code }, query: { locale } };
  const { approval_name: name, status } = await lark.call(getDefinition, call);
  const definition = { approval_code: code, name: String(name), status: String(status) };
  return [{ ...definition, seen: 'configuration' }];
}

/** Codes of the approvals that people of the first departments have to decide on. */
export async function codesInTasks(
  lark: Lark,
  settings: ContactSettings,
  departments: readonly DepartmentSight[],
): Promise<readonly CodeSight[]> {
  const found = new Map<string, CodeSight>();
  for (const person of await somePeople(lark, settings, departments)) {
    const query = { user_id_type: 'open_id', page_size: 200 };
    const data = await lark.call(searchTasks, { query, body: { user_id: person, order: 0 } });
    for (const { approval } of objectsOf(data['task_list'])) {
      if (!isObject(approval) || typeof approval['code'] !== 'string') continue;
      const { code, name } = approval;
      found.set(code, {
        approval_code: code,
        name: String(name ?? ''),
        status: null,
        seen: 'tasks of people',
      });
    }
  }
  return [...found.values()];
}

async function somePeople(
  lark: Lark,
  settings: ContactSettings,
  departments: readonly DepartmentSight[],
): Promise<readonly string[]> {
  const range = await rangeOf(lark, settings);
  const people = new Set<string>();
  const ids = [...range.departments, ...departments.map((one) => one.open_department_id)];
  for (const id of ids) {
    if (people.size >= mostPeople) break;
    const query = {
      ...typesOf({ ...settings, departmentIdType: 'open_department_id' }),
      department_id: id,
      page_size: 10,
    };
    const { items } = await lark.call(findUsers, { query });
    for (const { open_id: person } of objectsOf(items)) {
      if (typeof person === 'string') people.add(person);
    }
  }
  return [...people].slice(0, mostPeople);
}

/** Codes of the definitions that were loaded, whatever the configuration says now. */
export async function codesInWarehouse(replica: Replica): Promise<readonly CodeSight[]> {
  const found: CodeSight[] = [];
  const columns = ['approval_code', 'approval_name', 'status'];
  for await (const row of replica.rows('approval_definitions', columns)) {
    found.push({
      approval_code: row['approval_code'] ?? '',
      name: row['approval_name'] ?? '',
      status: row['status'] ?? null,
      seen: 'warehouse',
    });
  }
  return found;
}
