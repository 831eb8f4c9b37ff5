// People whom the app sees, found with few calls: what can be tried is tried on them.

import { type JsonObject, objectsOf } from '../../json.ts';
import { batchGetUsers, findUsers, listChildren } from '../../modules/contact/endpoints.ts';
import { type Range, typesOf } from '../../modules/contact/range.ts';
import type { ContactSettings } from '../../modules/contact/settings.ts';
import type { Lark } from '../../tenant.ts';

/** Departments looked into, so that a check stays short. */
const most = 10;

/** As one call gives them; nobody where the app sees nobody there. */
export async function somePeople(
  lark: Lark,
  { departments, users }: Range,
  settings: ContactSettings,
): Promise<readonly JsonObject[]> {
  const query = typesOf(settings);
  if (users.length > 0) {
    const data = await lark.call(batchGetUsers, {
      query: { ...query, user_ids: users.slice(0, 50) },
    });
    return objectsOf(data['items']);
  }
  const [first = ''] = departments;
  const below = await lark.call(listChildren, {
    params: { department_id: first },
    query: { ...query, fetch_child: true, page_size: most },
  });
  const ids = objectsOf(below['items']).map((item) => String(item[settings.departmentIdType]));
  for (const department of [...departments.slice(0, most), ...ids]) {
    const asked = { ...query, department_id: department, page_size: 50 };
    const found = objectsOf((await lark.call(findUsers, { query: asked }))['items']);
    if (found.length > 0) return found;
  }
  return [];
}
