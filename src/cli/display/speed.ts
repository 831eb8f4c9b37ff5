// How fast a number grows, over the last seconds: the mean since the beginning would hide a standstill.

const spanMs = 5000;

export class Speed {
  readonly #samples: { readonly at: number; readonly value: number }[] = [];

  /** The value at this moment, ms. */
  note(at: number, value: number): void {
    this.#samples.push({ at, value });
    while (this.#samples.length > 2 && (this.#samples[1]?.at ?? at) <= at - spanMs) {
      this.#samples.shift();
    }
  }

  /** In a second; 0 before there are two moments. */
  perSecond(): number {
    const [first] = this.#samples;
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.at <= first.at) return 0;
    return ((last.value - first.value) * 1000) / (last.at - first.at);
  }
}
