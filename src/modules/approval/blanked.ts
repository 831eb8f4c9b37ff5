// The bytes of an instance without the URLs of its files: what is compared need not be written as JSON again.

import { JsonText } from '../../json.ts';
import type { Slice } from '../../slice.ts';

/** URLs of files: in the form, which is JSON inside JSON, and beside it. */
export interface Urls {
  readonly inForm: readonly string[];
  readonly beside: readonly string[];
}

/**
 * The same JSON with each of these URLs empty. Undefined where that cannot be told from the bytes: a URL that needs
 * escapes, or is not there as often as it should be, since a text is the same or since it is written otherwise.
 */
export function blanked({ source, start, end }: Slice, urls: Urls): JsonText | undefined {
  const bytes = source.subarray(start, end);
  const inForm = placesOf(bytes, urls.inForm, '\\"');
  const beside = placesOf(bytes, urls.beside, '"');
  if (inForm === undefined || beside === undefined) return undefined;
  const places = [...inForm, ...beside].sort((one, other) => one.start - other.start);
  const rest = Buffer.allocUnsafe(bytes.length);
  let [copied, length] = [0, 0];
  for (const place of places) {
    length += bytes.copy(rest, length, copied, place.start);
    copied = place.end;
  }
  length += bytes.copy(rest, length, copied);
  return new JsonText(rest, 0, length);
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Printable ASCII that stands for itself in JSON, also in JSON inside JSON. */
const plain = /^[ !#-[\]-~]*$/;
const backslash = 0x5c;

/** Where these texts are, each as often as it is given. Undefined when they are there more often or less. */
function placesOf(
  bytes: Buffer,
  texts: readonly string[],
  quote: string,
): readonly Place[] | undefined {
  const places: Place[] = [];
  for (const text of new Set(texts)) {
    if (!plain.test(text)) return undefined;
    const quoted = `${quote}${text}${quote}`;
    let left = texts.filter((one) => one === text).length;
    for (let at = bytes.indexOf(quoted); at !== -1; at = bytes.indexOf(quoted, at + 1)) {
      // After a backslash the quote belongs to a text that began before.
      if (bytes[at - 1] === backslash) return undefined;
      const start = at + quote.length;
      places.push({ start, end: start + text.length });
      left -= 1;
    }
    if (left !== 0) return undefined;
  }
  return places;
}
