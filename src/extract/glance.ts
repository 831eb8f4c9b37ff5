// What an answer most likely says around its list, from both ends of it: known long before the list is parsed.

import { isObject, type JsonObject, parseJson } from '../json.ts';

const closeBracket = ']';

/** The `data` of what looks like a success, with an empty list. Nothing of it is certain. */
export function glanceAt(body: Uint8Array, list: string): JsonObject | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const opening = `"${list}":[`;
  const start = bytes.indexOf(opening);
  const end = bytes.lastIndexOf(closeBracket);
  if (start === -1 || end < start) return undefined;
  const before = bytes.toString('utf8', 0, start + opening.length);
  return successIn(`${before}${bytes.toString('utf8', end)}`);
}

function successIn(text: string): JsonObject | undefined {
  try {
    const envelope = parseJson(text);
    const data = isObject(envelope) && envelope['code'] === 0 ? envelope['data'] : undefined;
    return isObject(data) ? data : undefined;
  } catch {
    return undefined;
  }
}
