// Several answers on their way at once, given in the order in which they were asked for.

/** More than that no endpoint takes at once. */
const widest = 32;

/**
 * What `work` gives for each item, in the order of the items. While one is used, the next are begun: one at
 * first, one more whenever the consumer has to wait, one less whenever as many in a row lay ready. So there are
 * as many as the rate and the latency ask for, and a slow consumer makes nothing pile up.
 *
 * What was begun runs up to its first result. A failure, also of the items, surfaces when it is reached, after all
 * before it.
 */
export async function* ahead<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  work: (item: Item) => AsyncGenerator<Result, void>,
): AsyncGenerator<Result, void> {
  const queue = new Queue(items, work);
  let width = 1;
  let readyInARow = 0;
  try {
    for (;;) {
      const first = await queue.next();
      if (first === undefined) return;
      readyInARow = first.isReady ? readyInARow + 1 : 0;
      if (!first.isReady) width = Math.min(widest, width + 1);
      if (readyInARow > width) {
        width = Math.max(1, width - 1);
        readyInARow = 0;
      }
      queue.growTo(width);
      yield* resultsOf(first);
    }
  } finally {
    queue.leave();
  }
}

interface Begun<Result> {
  readonly first: Promise<IteratorResult<Result, void>>;
  readonly results: AsyncGenerator<Result, void>;
  isReady: boolean;
}

/** What was begun and is not used yet. */
class Queue<Item, Result> {
  readonly #items: AsyncGenerator<Item, void>;
  readonly #work: (item: Item) => AsyncGenerator<Result, void>;
  readonly #begun: Begun<Result>[] = [];
  #wanted = 0;
  #isOver = false;
  #beginning: Promise<void> | undefined;
  #isGrowing = false;

  constructor(
    items: Iterable<Item> | AsyncIterable<Item>,
    work: (item: Item) => AsyncGenerator<Result, void>,
  ) {
    this.#items = each(items);
    this.#work = work;
  }

  /** What was begun first; undefined after all items. */
  async next(): Promise<Begun<Result> | undefined> {
    while (this.#begun.length === 0 && !this.#isOver) await this.#beginOne();
    return this.#begun.shift();
  }

  /** Lets as many be begun as the items come. */
  growTo(length: number): void {
    this.#wanted = length;
    if (!this.#isGrowing) void this.#grow();
  }

  /** Ends what was begun, and begins nothing more. */
  leave(): void {
    this.#isOver = true;
    for (const { results } of this.#begun) results.return().catch(() => {});
    this.#items.return().catch(() => {});
  }

  async #grow(): Promise<void> {
    this.#isGrowing = true;
    while (this.#begun.length < this.#wanted && !this.#isOver) await this.#beginOne();
    this.#isGrowing = false;
  }

  /** Whoever asks while one is awaited gets the same. */
  async #beginOne(): Promise<void> {
    this.#beginning ??= this.#begin().finally(() => {
      this.#beginning = undefined;
    });
    await this.#beginning;
  }

  async #begin(): Promise<void> {
    try {
      const item = await this.#items.next();
      if (item.done === true) this.#isOver = true;
      if (item.done !== true && !this.#isOver) this.#begun.push(beginning(this.#work(item.value)));
    } catch (error) {
      this.#isOver = true;
      this.#begun.push(beginning(failing(error)));
    }
  }
}

async function* each<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
): AsyncGenerator<Item, void> {
  yield* items;
}

async function* failing(error: unknown): AsyncGenerator<never, void> {
  yield await Promise.reject(error);
}

function beginning<Result>(results: AsyncGenerator<Result, void>): Begun<Result> {
  const begun = { first: results.next(), results, isReady: false };
  const ready = (): void => {
    begun.isReady = true;
  };
  begun.first.then(ready, ready);
  return begun;
}

async function* resultsOf<Result>({ first, results }: Begun<Result>): AsyncGenerator<Result, void> {
  try {
    for (let step = await first; step.done !== true; step = await results.next()) yield step.value;
  } finally {
    await results.return();
  }
}
