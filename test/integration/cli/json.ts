// What `sync --json` prints, checked member by member.

import assert from 'node:assert/strict';
import { isObject, type JsonObject, objectsOf, parseJson } from '../../../src/json.ts';

/** The one line of stdout as an object. */
export function printed(stdout: string): JsonObject {
  assert.equal(stdout.trim().split('\n').length, 1, 'stdout is not one line');
  const value = parseJson(stdout);
  assert.ok(isObject(value));
  return value;
}

/** The streams of a source, by name. */
export function streamsIn(
  report: JsonObject,
  source = 'acme',
): Readonly<Record<string, JsonObject>> {
  const found = objectsOf(report['sources']).find((one) => one['source'] === source);
  assert.ok(found !== undefined, `${source} is not in the report`);
  return Object.fromEntries(objectsOf(found['streams']).map((one) => [String(one['stream']), one]));
}
