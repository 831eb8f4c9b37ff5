// Takes secrets out of texts at the last moment, whoever put them there.

import { formsOf } from './scrub/forms.ts';
import { Sieve } from './scrub/sieve.ts';

const mark = '[secret]';

/** Shorter ones would take harmless words with them, and protect nothing anyway. */
const shortest = 4;

/** Access tokens of Lark (`t-..`, `u-..`, `a-..`, JWT) and whatever follows `Bearer`. */
const tokens =
  /\bBearer\s+[\w.~+/=-]+|(?<![\w-])[tua]-[\w.-]{12,}|\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/gi;

/** A text without any of these has no token either, and that is told ten times as fast. */
const signs = /[tuaTUA]-|eyJ|EYJ|earer|EARER/;

export class Scrubber {
  readonly #known = new Set<string>();
  #pattern: RegExp | undefined;
  #sieve: Sieve | undefined;

  /** From now on these values are secrets, however they are written. */
  register(secrets: readonly string[]): void {
    const fresh = secrets.filter((secret) => secret.length >= shortest && !this.#known.has(secret));
    if (fresh.length === 0) return;
    for (const secret of fresh) this.#known.add(secret);
    // The longest first: one secret may be a part of another.
    const known = [...this.#known].sort((one, other) => other.length - one.length);
    const forms = known.flatMap(formsOf);
    this.#pattern = new RegExp(forms.map(({ pattern }) => pattern).join('|'), 'g');
    this.#sieve = new Sieve(forms.map(({ core }) => core));
  }

  /** The text without registered secrets and without anything that looks like a token. */
  scrub(text: string): string {
    let clean = text;
    if (this.#pattern !== undefined && this.#sieve?.mayHold(clean) === true) {
      clean = clean.replace(this.#pattern, mark);
    }
    return signs.test(clean) ? clean.replace(tokens, mark) : clean;
  }
}
