// Sealed values of a configuration file under another key; all else of its text stays as it is.

import { ConfigError, type Problem } from '../errors.ts';
import type { Key } from './keys.ts';
import { formatPath } from './path.ts';
import { isSealed, keyOf, seal, unseal } from './sealed.ts';
import { secretTexts } from './secrets.ts';
import { parseYaml } from './yaml.ts';

export interface Resealed {
  readonly text: string;
  /** How many values are sealed anew. */
  readonly anew: number;
  /** How many had the newest key already. */
  readonly kept: number;
}

/** Seals what any key opens under the first one. Throws ConfigError with everything that does not open. */
export function reseal(
  text: string,
  name: string,
  keys: readonly [newest: Key, ...older: Key[]],
): Resealed {
  const parsed = parseYaml(text, name);
  const problems: Problem[] = [...parsed.problems];
  const [newest] = keys;
  let changed = text;
  let anew = 0;
  let kept = 0;
  for (const { path, written } of secretTexts(parsed.value)) {
    if (!isSealed(written)) continue;
    const place = formatPath(path);
    const found = unseal(written, place, keys);
    if ('message' in found) problems.push({ path: place, ...found });
    else if (keyOf(written) === newest.id) kept += 1;
    else if (!text.includes(written)) problems.push({ path: place, message: folded });
    else {
      // No two sealed texts are alike, and what replaces one has the same kinds of characters.
      changed = changed.replaceAll(written, seal(found.value, place, newest));
      anew += 1;
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return { text: changed, anew, kept };
}

const folded = 'is written over several lines or with escapes: write it on one line as it is';
