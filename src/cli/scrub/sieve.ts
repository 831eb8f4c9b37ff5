// Tells fast that a text holds none of many words, which is nearly always so: only a text that shares
// four characters with one of them is worth a closer look.

const window = 4;
const shortest = 5;
const slots = 2 ** 20;

export class Sieve {
  readonly #seen = new Uint8Array(slots);
  /** Windows that begin this far apart leave none of the words out. 0: there is a word too short. */
  readonly #step: number;

  constructor(words: readonly string[]) {
    const length = Math.min(...words.map((word) => word.length));
    this.#step = length < shortest ? 0 : length - window + 1;
    for (const word of words) {
      for (let at = 0; at + window <= word.length; at += 1) this.#seen[slotOf(word, at)] = 1;
    }
  }

  /** False: the text holds none of the words. */
  mayHold(text: string): boolean {
    if (this.#step === 0) return true;
    for (let at = 0; at + window <= text.length; at += this.#step) {
      if (this.#seen[slotOf(text, at)] === 1) return true;
    }
    return false;
  }
}

function slotOf(text: string, at: number): number {
  const low = text.charCodeAt(at) | (text.charCodeAt(at + 1) << 8);
  const high = text.charCodeAt(at + 2) | (text.charCodeAt(at + 3) << 8);
  return (Math.imul(low, 40_503) ^ Math.imul(high, 2_654_435)) & (slots - 1);
}
