// Several answers under way at once, given in order: as many ahead of the consumer as `width`.

/** Applies `work` to each item, at most `width` at a time; stops asking when the consumer stops. */
export async function* ahead<Item, Result>(
  items: Iterable<Item>,
  width: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  for (const item of items) {
    const started = work(item);
    started.catch(() => undefined);
    underWay.push(started);
    if (underWay.length < width) continue;
    const first = underWay.shift();
    if (first !== undefined) yield await first;
  }
  for (const rest of underWay) yield await rest;
}
