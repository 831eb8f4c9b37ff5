// The streams of a tenant with every module switched on: whatever any configuration can fill.

import type { Stream } from '../stream.ts';
import { streamsOf } from './index.ts';

/** For what is known of their tables; they are not to be read. */
export const everyStream: readonly Stream[] = streamsOf({
  approval: { approvalCodes: [], lookbackDays: 1, locale: 'en-US' },
  base: [],
  attendance: {
    employeeType: 'employee_id',
    userIds: [],
    includeTerminatedUsers: false,
    lookbackDays: 1,
  },
  contact: { departmentIds: [], departmentIdType: 'open_department_id', userIdType: 'open_id' },
});
