// What Contact needs: a range to start from, its departments and people, and the fields that scopes hide.

import { NotFoundError } from '../../errors.ts';
import { type JsonObject, objectsOf } from '../../json.ts';
import {
  batchGetDepartments,
  batchGetUsers,
  findUsers,
  listChildren,
} from '../../modules/contact/endpoints.ts';
import {
  departmentsIn,
  type Range,
  rangeOf,
  rootDepartment,
  typesOf,
} from '../../modules/contact/range.ts';
import type { ContactSettings } from '../../modules/contact/settings.ts';
import type { Lark } from '../../tenant.ts';
import { count, plural } from '../words.ts';
import type { Check, Passed } from './check.ts';
import { permissions } from './permissions.ts';
import { somePeople } from './some-people.ts';

const idsPerCall = 50;

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
  return [
    ...(named.length === 0 ? [] : [departmentsCheck(lark, named, settings)]),
    ...(range.departments.length === 0 ? [] : [departmentFieldsCheck(lark, range, settings)]),
    peopleCheck(lark, range, settings),
  ];
}

function departmentFieldsCheck(lark: Lark, range: Range, settings: ContactSettings): Check {
  return {
    name: listChildren.name,
    run: async () => {
      for await (const some of departmentsIn(lark, range, settings)) {
        if (some.length > 0) return { next: fieldChecks('department', some) };
      }
      return {};
    },
  };
}

function peopleCheck(lark: Lark, range: Range, settings: ContactSettings): Check {
  return {
    name: findUsers.name,
    run: async () => {
      const people = await somePeople(lark, range, settings);
      const [person] = people;
      if (person === undefined) return { warning: 'the app sees nobody in the first departments' };
      return { next: [personCheck(lark, person, settings), ...fieldChecks('person', people)] };
    },
  };
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
      return {};
    },
  };
}

/** A check a scope: without it Lark leaves fields out, and says nothing. */
function fieldChecks(of: 'department' | 'person', found: readonly JsonObject[]): readonly Check[] {
  return permissions.flatMap(({ scope, without, reveals, isOptional = false }) => {
    if (reveals?.of !== of) return [];
    const isSeen = found.some((one) => one[reveals.field] !== undefined);
    const run = async (): Promise<Passed> => {
      if (isSeen) return { detail: `${reveals.field} is visible` };
      if (isOptional) return { detail: `not seen, which may be what you want: ${without}` };
      return { warning: without, lacks: scope };
    };
    return [{ name: scope, run }];
  });
}
