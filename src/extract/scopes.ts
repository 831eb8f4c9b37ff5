// Which scopes an app lacks, from what Lark says of it.

import { type JsonObject, objectsOf } from '../json.ts';

const scope = /^[a-z][\w.-]*(?::[\w.-]+)+$/i;

/**
 * The scopes that would permit the call: from `error.permission_violations` in either of its
 * shapes, else from the brackets in `msg`, else those that the endpoint is known to need.
 */
export function missingScopes(
  detail: JsonObject,
  text: string,
  known: readonly string[],
): readonly string[] {
  const named = objectsOf(detail['permission_violations']).map(
    (violation) => violation['subject'] ?? violation['scope'],
  );
  const bracketed = [...text.matchAll(/\[([^\]]*)\]/g)].flatMap(([, list = '']) =>
    list.split(/[\s,，、]+/),
  );
  const found = [named, bracketed].map((list) => [...new Set(list.filter(isScope))]);
  return found.find((list) => list.length > 0) ?? known;
}

function isScope(value: unknown): value is string {
  return typeof value === 'string' && scope.test(value);
}
