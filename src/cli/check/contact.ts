// What Contact needs: a range to start from, its departments and people, and the fields that scopes hide.

import { NotFoundError } from '../../errors.ts';
import { type JsonObject, objectsOf } from '../../json.ts';
import { batchGetDepartments, batchGetUsers, findUsers } from '../../modules/contact/endpoints.ts';
import { type Range, rangeOf, rootDepartment, typesOf } from '../../modules/contact/range.ts';
import type { ContactSettings } from '../../modules/contact/settings.ts';
import type { Lark } from '../../tenant.ts';
import { count, plural } from '../words.ts';
import type { Check, Passed } from './check.ts';
import { someone } from './someone.ts';

const idsPerCall = 50;

/** Fields that everybody has, and the scope without which Lark leaves them out. */
const revealed: readonly (readonly [field: string, scope: string])[] = [
  ['name', 'contact:user.base:readonly'],
  ['user_id', 'contact:user.employee_id:readonly'],
  ['department_ids', 'contact:user.department:readonly'],
  ['status', 'contact:user.employee:readonly'],
];

export function contactChecks(lark: Lark, settings: ContactSettings): readonly Check[] {
  return [
    {
      name: 'contact range',
      run: async () => {
        const range = await rangeOf(lark, settings);
        return { detail: rangeText(range), next: checksIn(lark, range, settings) };
      },
    },
  ];
}

function rangeText({ departments, users }: Range): string {
  if (departments.includes(rootDepartment)) return 'all staff';
  const people = users.length === 0 ? '' : ` and ${count(users.length)} people`;
  return `${plural(departments.length, 'department')} with all below${people}`;
}

function checksIn(lark: Lark, range: Range, settings: ContactSettings): readonly Check[] {
  const named = range.departments.filter((id) => id !== rootDepartment);
  const people: Check = {
    name: findUsers.name,
    run: async () => {
      const person = await someone(lark, range, settings);
      if (person === undefined) return { warning: 'the app sees nobody in the first departments' };
      return { next: [personCheck(lark, person, settings)] };
    },
  };
  return named.length === 0 ? [people] : [departmentsCheck(lark, named, settings), people];
}

function departmentsCheck(lark: Lark, named: readonly string[], settings: ContactSettings): Check {
  return {
    name: batchGetDepartments.name,
    run: async () => {
      const seen = new Set<unknown>();
      for (let start = 0; start < named.length; start += idsPerCall) {
        const ids = named.slice(start, start + idsPerCall);
        const query = { ...typesOf(settings), department_ids: ids };
        const { items } = await lark.call(batchGetDepartments, { query });
        for (const item of objectsOf(items)) seen.add(item[settings.departmentIdType]);
      }
      const missing = named.filter((id) => !seen.has(id));
      if (missing.length === 0) return {};
      throw new NotFoundError(`the app does not see the department ${missing.join(', ')}`, {
        hint: 'correct department_ids, or add the department to the contact range of the app',
      });
    },
  };
}

function personCheck(lark: Lark, person: JsonObject, settings: ContactSettings): Check {
  return {
    name: batchGetUsers.name,
    run: async () => {
      const ids = [String(person[settings.userIdType] ?? person['open_id'])];
      await lark.call(batchGetUsers, { query: { ...typesOf(settings), user_ids: ids } });
      return hiddenFields(person);
    },
  };
}

function hiddenFields(person: JsonObject): Passed {
  const hidden = revealed.filter(([field]) => person[field] === undefined);
  if (hidden.length === 0) return { detail: 'names, user ids, departments and status are visible' };
  const list = hidden.map(([field, scope]) => `${field} (${scope})`).join(', ');
  return { warning: `Lark leaves fields out for which the app lacks the scope: ${list}` };
}
