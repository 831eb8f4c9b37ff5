// What Attendance needs: the punches of the configured people, or of somebody whom the app sees.

import { NotFoundError, PermissionError } from '../../errors.ts';
import { queryFlows } from '../../modules/attendance/endpoints.ts';
import type { AttendanceSettings } from '../../modules/attendance/settings.ts';
import { rangeOf } from '../../modules/contact/range.ts';
import type { ContactSettings } from '../../modules/contact/settings.ts';
import type { Lark } from '../../tenant.ts';
import { count } from '../words.ts';
import type { Check, Passed } from './check.ts';
import { somePeople } from './some-people.ts';

const idsPerCall = 50;

const everybody: ContactSettings = {
  departmentIds: [],
  departmentIdType: 'open_department_id',
  userIdType: 'open_id',
};

export function attendanceChecks(lark: Lark, settings: AttendanceSettings): readonly Check[] {
  const { userIds } = settings;
  const named: Check = {
    name: `${queryFlows.name} of user_ids`,
    run: async () => {
      const unknown = await unknownIn(lark, userIds, settings);
      if (unknown.length === 0) return { detail: `${count(userIds.length)} people are readable` };
      throw new NotFoundError(`Lark refuses the user_ids ${unknown.join(', ')}`, {
        hint: 'correct user_ids and employee_type, or give the app the attendance data of these people',
      });
    },
  };
  const visible: Check = {
    name: 'people for attendance',
    run: async () => {
      const id = await visibleId(lark, settings);
      return { next: [oneCheck(lark, id, settings)] };
    },
  };
  return [userIds.length > 0 ? named : visible];
}

function oneCheck(lark: Lark, id: string, settings: AttendanceSettings): Check {
  return {
    name: queryFlows.name,
    run: async (): Promise<Passed> => {
      const unknown = await unknownIn(lark, [id], settings);
      if (unknown.length === 0) return {};
      return {
        warning:
          'works, but the person tried is outside the attendance range of the app, which is normal for some',
      };
    },
  };
}

async function visibleId(lark: Lark, { employeeType }: AttendanceSettings): Promise<string> {
  const people = await somePeople(lark, await rangeOf(lark, everybody), everybody);
  const [person] = people;
  if (person === undefined) {
    throw new NotFoundError('the app sees nobody, so that nobody can be asked for', {
      hint: "widen the app's contact range, or name user_ids",
    });
  }
  const [field, scope] =
    employeeType === 'employee_id'
      ? (['user_id', 'contact:user.employee_id:readonly'] as const)
      : (['employee_no', 'contact:user.employee_number:read'] as const);
  const ids = people.map((one) => one[field]);
  const id = ids.find((one) => typeof one === 'string' && one !== '');
  if (typeof id === 'string') return id;
  throw new PermissionError(
    `the app does not see the ${field} of people, and no user_ids are named`,
    { scopes: [scope] },
  );
}

/** Those of the ids that Lark refuses: one of them fails a whole call. */
async function unknownIn(
  lark: Lark,
  ids: readonly string[],
  settings: AttendanceSettings,
): Promise<readonly string[]> {
  const unknown: string[] = [];
  for (let start = 0; start < ids.length; start += idsPerCall) {
    const group = ids.slice(start, start + idsPerCall);
    if (await isReadable(lark, group, settings)) continue;
    for (const id of group) if (!(await isReadable(lark, [id], settings))) unknown.push(id);
  }
  return unknown;
}

async function isReadable(
  lark: Lark,
  ids: readonly string[],
  settings: AttendanceSettings,
): Promise<boolean> {
  const now = Math.floor((await lark.now()) / 1000);
  try {
    await lark.call(queryFlows, {
      query: {
        employee_type: settings.employeeType,
        include_terminated_user: settings.includeTerminatedUsers,
      },
      body: { user_ids: ids, check_time_from: String(now - 3600), check_time_to: String(now) },
    });
    return true;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}
