// JSON parsed but for some members of the items of a list, which stay the text that they came as: what is only
// stored need not be taken apart and put together again.

import { isObject, type Json, type JsonText, objectsOf, parseJson } from '../json.ts';
import type { Listed } from './decode.ts';
import { membersOf } from './members.ts';

/**
 * The same as `parseJson` of the text, with objects and lists that are members named in `verbatim` of the items of
 * `data.<list>` as JsonText of these bytes, unless they are short. Of bytes that are UTF-8. Throws SyntaxError.
 */
export function parseAround(bytes: Buffer, listed: Listed): Json {
  const members = membersOf(bytes, listed);
  if (members.length === 0) return parseJson(bytes.toString());
  const envelope = parseJson(textAround(bytes, members));
  putBack(envelope, members, listed);
  return envelope;
}

/** What is left: each of the members is replaced by its number. */
function textAround(bytes: Buffer, members: readonly JsonText[]): string {
  const left = spaceFor(bytes.length);
  let [from, length, number] = [0, 0, 0];
  for (const { start, end } of members) {
    length += bytes.copy(left, length, from, start);
    length += left.write(String(number), length, 'latin1');
    from = end;
    number += 1;
  }
  length += bytes.copy(left, length, from);
  return left.toString('utf8', 0, length);
}

const space = Buffer.allocUnsafeSlow(1024 * 1024);

/** Bytes for nobody else until the next call. */
function spaceFor(bytes: number): Buffer {
  return bytes <= space.length ? space : Buffer.allocUnsafeSlow(bytes);
}

function putBack(
  envelope: Json,
  members: readonly JsonText[],
  { list, verbatim = [] }: Listed,
): void {
  const data = isObject(envelope) ? envelope['data'] : undefined;
  for (const item of isObject(data) ? objectsOf(data[list]) : []) {
    for (const name of verbatim) {
      const number = item[name];
      if (typeof number === 'number') Reflect.set(item, name, members[number]);
    }
  }
}
