// In which order people's windows are asked for, when several are on their way at once.

import type { Page, Span } from '../../stream.ts';
import { dayMs } from '../dates.ts';

/** People who are read over the same span. */
export interface Group {
  readonly ids: readonly string[];
  readonly span: Span;
}

export interface Visitor {
  /** Reads a window of a group. The first window of each tells which of its ids are unknown. */
  window(group: Group, window: Span): AsyncGenerator<Page, void>;
  /** What is given when every window of the group was. */
  end(group: Group): Iterable<Page>;
}

/** A part of a reading that can be begun before those before it have ended. */
export type Step = () => AsyncGenerator<Page, void>;

const spanMs = 30 * dayMs;

/**
 * Group after group; but the first window of each, for which its others wait, comes before the others of the
 * group before it, so that there is always something to ask for.
 */
export function* stepsOf(groups: Iterable<Group>, visitor: Visitor): Generator<Step> {
  let others: readonly Step[] = [];
  for (const group of groups) {
    const [first, ...rest] = visitTo(group, visitor);
    if (first !== undefined) yield first;
    yield* others;
    others = rest;
  }
  yield* others;
}

/** How many windows a span has, a call each. */
export function windowsIn({ from, to }: Span): number {
  return Math.ceil((to - from) / spanMs);
}

function* visitTo(group: Group, { window, end }: Visitor): Generator<Step> {
  const read: Promise<void>[] = [];
  const { to } = group.span;
  for (let from = group.span.from; from < to; from += spanMs) {
    const [first] = read;
    const { promise, resolve } = Promise.withResolvers<void>();
    read.push(promise);
    yield async function* () {
      await first;
      yield* window(group, { from, to: Math.min(from + spanMs, to) });
      resolve();
    };
  }
  yield async function* () {
    await Promise.all(read);
    yield* end(group);
  };
}
