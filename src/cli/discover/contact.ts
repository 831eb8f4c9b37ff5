// The departments that the app sees, with their head counts.

import { departmentsIn, rangeOf } from '../../modules/contact/range.ts';
import type { ContactSettings } from '../../modules/contact/settings.ts';
import type { Lark } from '../../tenant.ts';
import type { DepartmentSight } from './sight.ts';

/** Throws what keeps departments from being listed. */
export async function departmentSights(
  lark: Lark,
  settings: ContactSettings,
): Promise<readonly DepartmentSight[]> {
  const found: DepartmentSight[] = [];
  const range = await rangeOf(lark, settings);
  for await (const departments of departmentsIn(lark, range, settings)) {
    for (const department of departments) {
      const { member_count: people } = department;
      found.push({
        open_department_id: String(department['open_department_id']),
        parent_department_id: String(department['parent_department_id'] ?? ''),
        name: String(department['name'] ?? ''),
        member_count: typeof people === 'number' ? people : null,
      });
    }
  }
  return found;
}
