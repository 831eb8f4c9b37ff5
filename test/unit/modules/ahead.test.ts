import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { ahead } from '../../../src/modules/ahead.ts';

/** Work that begins when it is asked for and gives its results when it is told to. */
class Desk {
  readonly begun: number[] = [];
  readonly #open = new Map<number, PromiseWithResolvers<void>>();
  most = 0;

  get underWay(): number {
    return this.#open.size;
  }

  async *work(item: number): AsyncGenerator<string, void> {
    this.begun.push(item);
    const gate = Promise.withResolvers<void>();
    this.#open.set(item, gate);
    this.most = Math.max(this.most, this.underWay);
    await gate.promise;
    yield `${item}`;
  }

  /** Lets so many of what was begun land, the latest first. */
  async land(count = this.underWay): Promise<void> {
    const latest = [...this.#open.keys()].slice(-count).reverse();
    for (const item of latest) {
      this.#open.get(item)?.resolve();
      this.#open.delete(item);
      await setImmediate();
    }
  }
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** Reads to the end while the desk lands whatever there is, round after round. */
async function readAll(desk: Desk, results: AsyncIterable<string>): Promise<string[]> {
  const given: string[] = [];
  let reading = true;
  const read = (async () => {
    for await (const result of results) given.push(result);
  })().finally(() => {
    reading = false;
  });
  while (reading) {
    await setImmediate();
    await desk.land();
  }
  await read;
  return given;
}

test('results come in the order of the items, in whichever order the work ends', async () => {
  const desk = new Desk();
  const given = await readAll(
    desk,
    ahead(upTo(100), (item) => desk.work(item)),
  );
  assert.deepEqual(given, upTo(100).map(String));
  assert.deepEqual(desk.begun, upTo(100));
});

test('as long as the consumer has to wait more is begun, up to 32 beside what it waits for', async () => {
  const desk = new Desk();
  await readAll(
    desk,
    ahead(upTo(1000), (item) => desk.work(item)),
  );
  assert.equal(desk.most, 33);
});

test('a consumer that is slower than the work finds one result ahead, not more', async () => {
  const desk = new Desk();
  let taken = 0;
  let most = 0;
  const results = ahead(upTo(200), (item) => desk.work(item));
  for (let next = results.next(); ; next = results.next()) {
    await setImmediate();
    await desk.land();
    if ((await next).done === true) break;
    taken += 1;
    await desk.land();
    if (taken > 100) most = Math.max(most, desk.begun.length - taken);
  }
  assert.equal(taken, 200);
  assert.equal(most, 1);
});

test('nothing is begun before the first result is asked for', async () => {
  const desk = new Desk();
  const results = ahead(upTo(10), (item) => desk.work(item));
  await setImmediate();
  assert.deepEqual(desk.begun, []);
  await results.return();
});

test('a failure comes after all results before it, and what was begun after it is nobody else’s', async (t) => {
  const unhandled = t.mock.fn();
  process.on('unhandledRejection', unhandled);
  t.after(() => process.off('unhandledRejection', unhandled));
  const given: string[] = [];
  const reading = (async () => {
    const results = ahead(upTo(20), async function* (item) {
      await setImmediate();
      if (item === 7 || item === 8) throw new Error(`no ${item}`);
      yield `${item}`;
    });
    for await (const result of results) given.push(result);
  })();
  await assert.rejects(reading, /no 7/);
  await setImmediate();
  assert.deepEqual(given, upTo(7).map(String));
  assert.equal(unhandled.mock.callCount(), 0);
});

test('all results of an item are given before those of the next, and none is made before its turn', async () => {
  const made: string[] = [];
  const results = ahead(['a', 'b', 'c'], async function* (item) {
    for (const part of [1, 2, 3]) {
      made.push(`${item}${part}`);
      yield `${item}${part}`;
    }
  });
  const given: string[] = [];
  for await (const result of results) {
    if (result === 'a3') assert.ok(!made.includes('b2'));
    given.push(result);
  }
  assert.deepEqual(given, ['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'c1', 'c2', 'c3']);
});

test('a consumer that leaves ends what was begun, and nothing more is', async () => {
  const ended: number[] = [];
  const begun: number[] = [];
  const results = ahead(upTo(50), async function* (item) {
    begun.push(item);
    try {
      yield item;
    } finally {
      ended.push(item);
    }
  });
  for await (const result of results) if (result === 3) break;
  const count = begun.length;
  await setImmediate();
  await setImmediate();
  assert.equal(begun.length, count);
  assert.deepEqual(
    ended.sort((a, b) => a - b),
    begun,
  );
});

test('items that come one by one are begun as they come: the first result waits for no other item', async () => {
  const given: string[] = [];
  const came: number[] = [];
  const results = ahead(
    (async function* () {
      for (const item of upTo(5)) {
        await setImmediate();
        came.push(item);
        yield item;
      }
    })(),
    async function* (item) {
      yield `${item}`;
    },
  );
  const first = await results.next();
  assert.equal(first.value, '0');
  assert.deepEqual(came, [0]);
  for await (const result of results) given.push(result);
  assert.deepEqual(given, ['1', '2', '3', '4']);
});

test('a failure of the items comes after the results of all items before it', async () => {
  const given: string[] = [];
  const reading = (async () => {
    const items = (async function* () {
      yield* upTo(7);
      throw new Error('no more items');
    })();
    const results = ahead(items, async function* (item) {
      await setImmediate();
      yield `${item}`;
    });
    for await (const result of results) given.push(result);
  })();
  await assert.rejects(reading, /no more items/);
  assert.deepEqual(given, upTo(7).map(String));
});

test('a consumer that leaves ends the items, too', async () => {
  let ended = false;
  const items = (async function* () {
    try {
      for (const item of upTo(50)) yield item;
    } finally {
      ended = true;
    }
  })();
  const results = ahead(items, async function* (item) {
    yield item;
  });
  for await (const result of results) if (result === 3) break;
  await setImmediate();
  assert.equal(ended, true);
});
