// Names of views and columns from names that people gave: in their own script, whatever characters they use.

/** Bytes of a name that Postgres keeps. */
const longest = 63;

/** Something that people named. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * A name for each id: letters and digits of any script stay, in small letters; what lies between becomes
 * `_`. Names that would be the same, or are taken, get the end of their id.
 */
export function namesOf(
  things: readonly Named[],
  taken: Iterable<string> = [],
): ReadonlyMap<string, string> {
  const reserved = new Set(taken);
  const plain = things.map(({ id, name }) => [id, shortened(wordOf(name))] as const);
  const shared = Map.groupBy(plain, ([, word]) => word);
  return new Map(
    plain.map(([id, word]) => {
      const isClear = word !== '' && !reserved.has(word) && shared.get(word)?.length === 1;
      return [id, isClear ? word : withEnd(word, id)];
    }),
  );
}

function wordOf(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}

function withEnd(word: string, id: string): string {
  const end = wordOf(id).slice(-8);
  return word === '' ? end : `${shortened(word, longest - 1 - Buffer.byteLength(end))}_${end}`;
}

/** The beginning that fits into so many bytes, whole characters only. */
export function shortened(word: string, bytes: number = longest): string {
  let kept = '';
  for (const character of word) {
    if (Buffer.byteLength(kept + character) > bytes) break;
    kept += character;
  }
  return kept;
}
