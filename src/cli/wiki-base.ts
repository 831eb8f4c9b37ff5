// The Base that a wiki page holds.

import { NotFoundError } from '../errors.ts';
import { isObject } from '../json.ts';
import { getWikiNode } from '../modules/base/endpoints.ts';
import type { Lark } from '../tenant.ts';

/** Its app token. Throws NotFoundError when the page holds something else. */
export async function baseBehind(lark: Lark, nodeToken: string): Promise<string> {
  const { node } = await lark.call(getWikiNode, { query: { token: nodeToken } });
  const found = isObject(node) ? node : {};
  if (found['obj_type'] === 'bitable') return String(found['obj_token']);
  throw new NotFoundError(`the wiki page holds no Base but a ${String(found['obj_type'])}`, {
    hint: 'give the link of the wiki page that shows the Base itself',
  });
}
