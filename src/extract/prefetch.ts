// Reads one value ahead: the next is on its way while the one before is used.

import { setImmediate as turn } from 'node:timers/promises';

/** An idle socket is looked at, and then written to, in the next turn of the event loop. */
const turnsUntilSent = 2;

/**
 * The values of the source, with exactly one requested ahead, which is sent before the value is given:
 * whoever uses that may keep the event loop busy. Its failure surfaces when it is reached, not before.
 * `stop` is called at the end, and must make what is under way fail.
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
      for (let turns = 0; turns < turnsUntilSent; turns += 1) await turn();
      yield step.value;
    }
  } finally {
    stop();
    await source.return().catch(() => {});
  }
}
