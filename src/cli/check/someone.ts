// A person whom the app sees, found with few calls: what can be tried is tried on somebody.

import { type JsonObject, objectsOf } from '../../json.ts';
import { batchGetUsers, findUsers, listChildren } from '../../modules/contact/endpoints.ts';
import { type Range, typesOf } from '../../modules/contact/range.ts';
import type { ContactSettings } from '../../modules/contact/settings.ts';
import type { Lark } from '../../tenant.ts';

/** Departments looked into, so that a check stays short. */
const most = 10;

/** Undefined when the app sees nobody there. */
export async function someone(
  lark: Lark,
  { departments, users }: Range,
  settings: ContactSettings,
): Promise<JsonObject | undefined> {
  const query = typesOf(settings);
  const [granted] = users;
  if (granted !== undefined) {
    const data = await lark.call(batchGetUsers, { query: { ...query, user_ids: [granted] } });
    return objectsOf(data['items'])[0];
  }
  const [first = ''] = departments;
  const below = await lark.call(listChildren, {
    params: { department_id: first },
    query: { ...query, fetch_child: true, page_size: most },
  });
  const ids = objectsOf(below['items']).map((item) => String(item[settings.departmentIdType]));
  for (const department of [...departments.slice(0, most), ...ids]) {
    const asked = { ...query, department_id: department, page_size: 1 };
    const [found] = objectsOf((await lark.call(findUsers, { query: asked }))['items']);
    if (found !== undefined) return found;
  }
  return undefined;
}
