// What the writer of an unknown word probably meant.

import { distance } from 'fastest-levenshtein';

/** `did you mean ..?` for a near miss, else the accepted words. */
export function suggest(word: string, accepted: readonly string[]): string {
  const meant = nearest(word, accepted);
  return meant === undefined ? `accepted: ${accepted.join(', ')}` : `did you mean ${meant}?`;
}

function nearest(word: string, accepted: readonly string[]): string | undefined {
  const given = plain(word);
  const ranked = accepted
    .map((candidate) => ({ candidate, edits: distance(given, plain(candidate)) }))
    .sort((one, other) => one.edits - other.edits);
  const best = ranked[0];
  if (best === undefined) return undefined;
  const tolerated = Math.max(1, Math.floor(best.candidate.length / 3));
  return best.edits <= tolerated ? best.candidate : undefined;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, '');
}
