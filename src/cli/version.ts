// The version of larkhouse, from its package.json.

import { existsSync, readFileSync } from 'node:fs';
import { isObject, parseJson } from '../json.ts';

/** As package.json has it, seen from src/cli and from dist/src/cli. */
export function version(): string {
  const places = ['../../package.json', '../../../package.json'].map(
    (relative) => new URL(relative, import.meta.url),
  );
  const file = places.find((place) => existsSync(place));
  const found = file === undefined ? undefined : parseJson(readFileSync(file, 'utf8'));
  const text = isObject(found) ? found['version'] : undefined;
  return typeof text === 'string' ? text : 'unknown';
}
