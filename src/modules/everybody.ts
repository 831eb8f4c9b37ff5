// The ids of everybody whom the app may see, for modules that ask person by person.

import type { Read } from '../stream.ts';
import type { Everybody } from './attendance/flows.ts';
import { expectedPeople } from './contact/expected.ts';
import { peopleOf } from './contact/people.ts';
import { rangeOf } from './contact/range.ts';
import type { ContactSettings } from './contact/settings.ts';

const everything: ContactSettings = {
  departmentIds: [],
  departmentIdType: 'open_department_id',
  userIdType: 'open_id',
};

/** Where ids come from: the warehouse where Contact is replicated whole, otherwise the tenant. */
export function everybodyBy(
  field: 'user_id' | 'employee_no',
  contact: ContactSettings | undefined,
): Everybody {
  const isReplicated = contact !== undefined && contact.departmentIds.length === 0;
  return {
    needs: isReplicated ? ['contact.users'] : [],
    async ids(read) {
      const loaded = isReplicated ? await idsOf(loadedPeople(read, field)) : noIds;
      const found = loaded.ids.length > 0 ? loaded : await idsOf(visiblePeople(read, field));
      if (found.without > 0) {
        read.warn(
          `${found.without} people have no visible ${field} and are left out; ` +
            `the app may lack the scope ${revealing[field]}`,
        );
      }
      return found.ids;
    },
    async *expects({ lark }) {
      if (!isReplicated) yield* expectedPeople(lark, everything);
    },
  };
}

const revealing = {
  user_id: 'contact:user.employee_id:readonly',
  employee_no: 'contact:user.employee_number:read',
};

interface Ids {
  readonly ids: readonly string[];
  /** People without one. */
  readonly without: number;
}

const noIds: Ids = { ids: [], without: 0 };

async function idsOf(values: AsyncIterable<unknown>): Promise<Ids> {
  const ids: string[] = [];
  let without = 0;
  for await (const value of values) {
    if (typeof value === 'string' && value !== '') ids.push(value);
    else without += 1;
  }
  return { ids, without };
}

async function* loadedPeople({ replica }: Read, field: string): AsyncGenerator<unknown> {
  for await (const row of replica.rows('contact_users', [field], { deleted_at: null })) {
    yield row[field];
  }
}

async function* visiblePeople({ lark }: Read, field: string): AsyncGenerator<unknown> {
  const range = await rangeOf(lark, everything);
  for await (const people of peopleOf(lark, range, everything)) {
    for (const { user } of people) yield user[field];
  }
}
