// Reads one value ahead: the next is on its way while the one before is used.

/**
 * The values of the source, with exactly one requested ahead. Its failure surfaces when it is
 * reached, not before. `stop` is called at the end, and must make what is under way fail.
 */
export async function* prefetched<T>(
  source: AsyncGenerator<T, void>,
  stop: () => void,
): AsyncGenerator<T, void> {
  try {
    let next = source.next();
    for (;;) {
      const step = await next;
      if (step.done === true) return;
      next = source.next();
      next.catch(() => {});
      yield step.value;
    }
  } finally {
    stop();
    await source.return().catch(() => {});
  }
}
