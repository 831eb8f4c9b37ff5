import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { prefetched } from '../../../src/extract/prefetch.ts';

function counted(values: readonly (number | Error)[]): {
  readonly source: AsyncGenerator<number, void>;
  readonly state: { asked: number; closed: boolean };
} {
  const state = { asked: 0, closed: false };
  async function* source(): AsyncGenerator<number, void> {
    try {
      for (const value of values) {
        state.asked += 1;
        if (value instanceof Error) throw value;
        yield value;
      }
    } finally {
      state.closed = true;
    }
  }
  return { source: source(), state };
}

test('exactly one value is asked for while the one before is used', async () => {
  const { source, state } = counted([1, 2, 3, 4]);
  const seen: number[][] = [];
  for await (const value of prefetched(source, () => {})) {
    await setImmediate();
    seen.push([value, state.asked]);
  }
  assert.deepEqual(seen, [
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 4],
  ]);
});

test('a failure surfaces when it is reached, after all before it was given', async () => {
  const { source } = counted([1, 2, new Error('third')]);
  const given: number[] = [];
  const reading = (async () => {
    for await (const value of prefetched(source, () => {})) {
      await setImmediate();
      given.push(value);
    }
  })();
  await assert.rejects(reading, /third/);
  assert.deepEqual(given, [1, 2]);
});

test("a reader that leaves early stops the source, and a failure ahead of it is nobody's", async (t) => {
  const unhandled = t.mock.fn();
  process.on('unhandledRejection', unhandled);
  t.after(() => process.off('unhandledRejection', unhandled));
  const { source, state } = counted([1, new Error('ahead')]);
  let stopped = 0;
  for await (const _ of prefetched(source, () => (stopped += 1))) break;
  await setImmediate();
  assert.deepEqual([state.closed, stopped, unhandled.mock.callCount()], [true, 1, 0]);
});

test('nothing is asked for before the first value is', async () => {
  const { source, state } = counted([1]);
  await prefetched(source, () => {});
  await setImmediate();
  assert.equal(state.asked, 0);
});

test('what is asked ahead has been written, a turn of the event loop later, before a value is given', async () => {
  const written: number[] = [];
  async function* source(): AsyncGenerator<number, void> {
    for (const value of [1, 2, 3]) {
      await Promise.resolve();
      await setImmediate();
      written.push(value);
      yield value;
    }
  }
  const seen: string[] = [];
  for await (const value of prefetched(source(), () => {})) seen.push(`${value}: ${written}`);
  assert.deepEqual(seen, ['1: 1,2', '2: 1,2,3', '3: 1,2,3']);
});
