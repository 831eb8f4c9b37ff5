// JSON parsed but for some members of the items of a list, which stay the text that they came as: what is only
// stored need not be taken apart and put together again.

import { isObject, type Json, parseJson } from '../json.ts';
import type { Listed } from './decode.ts';
import { ItemReader } from './items.ts';
import { colon, endOfBlanks } from './scan.ts';

/**
 * The same as `parseJson` of the text, with objects and lists that are members named in `verbatim` of the items of
 * `data.<list>` as JsonText of these bytes, and of the items only the members named in `only`, if any are.
 * Of bytes that are UTF-8. Throws SyntaxError.
 */
export function parseAround(bytes: Buffer, listed: Listed): Json {
  const around = listed.verbatim === undefined ? undefined : aroundList(bytes, listed);
  return around ?? parseJson(bytes.toString());
}

/** Undefined where the list or what is around it is not plain. */
function aroundList(bytes: Buffer, { list, verbatim, only }: Listed): Json | undefined {
  const name = `"${list}"`;
  const found = bytes.indexOf(name);
  const start = endOfBlanks(bytes, found + name.length);
  if (found === -1 || bytes[start] !== colon) return undefined;
  const reader = new ItemReader(bytes, start + 1, { verbatim, only });
  const items = reader.list();
  const before = bytes.toString('utf8', 0, start + 1);
  const behind = bytes.toString('utf8', reader.at);
  // With the name elsewhere, or anything that may stand for it, this may not be the list.
  if (items === undefined || behind.includes(name) || `${before}${behind}`.includes('\\'))
    return undefined;
  const envelope = parseJson(`${before}0${behind}`);
  const data = isObject(envelope) ? envelope['data'] : undefined;
  if (!isObject(envelope) || !isObject(data) || data[list] !== 0) return undefined;
  return { ...envelope, data: { ...data, [list]: items } };
}
