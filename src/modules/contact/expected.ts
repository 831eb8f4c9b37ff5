// What reading departments and people will cost, from how many people each department says it has.

import type { JsonObject } from '../../json.ts';
import type { Expectation } from '../../stream.ts';
import type { Lark } from '../../tenant.ts';
import { batchGetDepartments, findUsers, listChildren, listScopes } from './endpoints.ts';
import { departmentsIn, type Range, rangeOf, rootDepartment } from './range.ts';
import type { ContactSettings } from './settings.ts';

export async function* expectedDepartments(
  lark: Lark,
  settings: ContactSettings,
): AsyncGenerator<Expectation> {
  const range = await rangeOf(lark, settings);
  yield* walk(range, (await departmentsOf(lark, range, settings)).length);
}

export async function* expectedPeople(
  lark: Lark,
  settings: ContactSettings,
): AsyncGenerator<Expectation> {
  const range = await rangeOf(lark, settings);
  const departments = await departmentsOf(lark, range, settings);
  yield* walk(range, departments.length);
  const below = Map.groupBy(departments, (department) => department['parent_department_id']);
  const pagesOf = (department: JsonObject): number => {
    const id = department[settings.departmentIdType];
    const others = (below.get(id) ?? []).reduce((sum, child) => sum + membersOf(child), 0);
    return Math.max(1, Math.ceil((membersOf(department) - others) / 50));
  };
  const root = range.departments.includes(rootDepartment) ? 1 : 0;
  yield {
    endpoint: findUsers,
    calls: departments.reduce((sum, department) => sum + pagesOf(department), root),
  };
}

async function departmentsOf(
  lark: Lark,
  range: Range,
  settings: ContactSettings,
): Promise<readonly JsonObject[]> {
  return (await Array.fromAsync(departmentsIn(lark, range, settings))).flat();
}

function* walk(range: Range, departments: number): Generator<Expectation> {
  const isNamed = !range.departments.includes(rootDepartment);
  const pages = Math.max(range.departments.length, Math.ceil(departments / 50));
  yield { endpoint: listChildren, calls: pages + (isNamed ? 0 : 1) };
  if (isNamed)
    yield { endpoint: batchGetDepartments, calls: Math.ceil(range.departments.length / 50) };
  if (range.identity.startsWith('granted')) yield { endpoint: listScopes, calls: 1 };
}

function membersOf(department: JsonObject): number {
  const count = department['member_count'];
  return typeof count === 'number' ? count : 0;
}
