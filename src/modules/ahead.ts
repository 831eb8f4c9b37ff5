// Several answers on their way at once, given in the order in which they were asked for.

/** More than that no endpoint takes at once. */
const widest = 32;

/**
 * What `work` gives for each item, in the order of the items. While one is used, the next are begun: one at
 * first, one more whenever the consumer has to wait, one less whenever as many in a row lay ready. So there are
 * as many as the rate and the latency ask for, and a slow consumer makes nothing pile up.
 *
 * What was begun runs up to its first result. A failure surfaces when it is reached, after all before it.
 */
export async function* ahead<Item, Result>(
  items: Iterable<Item>,
  work: (item: Item) => AsyncGenerator<Result, void>,
): AsyncGenerator<Result, void> {
  const rest = Iterator.from(items);
  const begun: Begun<Result>[] = [];
  let width = 1;
  let readyInARow = 0;
  const beginUpTo = (count: number): void => {
    while (begun.length < count) {
      const item = rest.next();
      if (item.done === true) return;
      begun.push(beginning(work(item.value)));
    }
  };
  try {
    for (;;) {
      beginUpTo(1);
      const first = begun.shift();
      if (first === undefined) return;
      readyInARow = first.isReady ? readyInARow + 1 : 0;
      if (!first.isReady) width = Math.min(widest, width + 1);
      if (readyInARow > width) {
        width = Math.max(1, width - 1);
        readyInARow = 0;
      }
      beginUpTo(width);
      yield* resultsOf(first);
    }
  } finally {
    for (const { results } of begun) results.return().catch(() => {});
  }
}

interface Begun<Result> {
  readonly first: Promise<IteratorResult<Result, void>>;
  readonly results: AsyncGenerator<Result, void>;
  isReady: boolean;
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
