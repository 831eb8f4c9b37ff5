import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { PageTokenError } from '../../../src/errors.ts';
import { AskedPages } from '../../../src/extract/asked-pages.ts';
import type { Part } from '../../../src/extract/exchange.ts';
import { collect } from './server.ts';

interface Played {
  readonly pages: AskedPages;
  /** Tokens of the pages that were asked for, '' for the first. */
  readonly asked: string[];
  /** Those of them that were given up or read to their end. */
  readonly ended: string[];
}

/** Each page gives its parts, with a turn of the event loop before each. */
function played(partsOf: (token: string) => readonly (Part | Error)[]): Played {
  const asked: string[] = [];
  const ended: string[] = [];
  const pages = new AskedPages(async function* (token = '') {
    asked.push(token);
    try {
      for (const part of partsOf(token)) {
        await setImmediate();
        if (part instanceof Error) throw part;
        yield part;
      }
    } finally {
      ended.push(token);
    }
  });
  return { pages, asked, ended };
}

function more(page_token: string): Part {
  return { data: { has_more: true, page_token } };
}

test('the next page is asked for when its token is known, once', async () => {
  const { pages, asked } = played((token) => [more(`${token}a`), more(`${token}a`)]);
  for await (const { data } of pages.parts()) {
    await pages.lookAhead(data);
    assert.deepEqual(asked, ['', 'a']);
  }
  pages.advance({ page_token: 'a' });
  await collect(pages.parts());
  assert.deepEqual(asked, ['', 'a']);
});

test('it has been sent, a turn of the event loop later, before the data are used', async () => {
  const sent: (string | undefined)[] = [];
  const pages = new AskedPages(async function* (token) {
    await Promise.resolve();
    await setImmediate();
    sent.push(token);
    yield more('b');
  });
  await pages.lookAhead({ has_more: true, page_token: 'a' });
  assert.deepEqual(sent, [undefined, 'a']);
});

test('a page that turns out to have another token after it is followed to that one', async () => {
  const { pages, asked, ended } = played((token) => [more(`after ${token}`)]);
  await pages.lookAhead({ has_more: true, page_token: 'wrong' });
  await pages.lookAhead({ has_more: true, page_token: 'right' });
  pages.advance({ page_token: 'right' });
  assert.deepEqual(await collect(pages.parts()), [more('after right')]);
  assert.deepEqual(asked, ['', 'wrong', 'right']);
  await setImmediate();
  assert.ok(ended.includes('wrong'));
});

test('nothing is asked for where there is no more, no token, or one that was seen', async () => {
  const { pages, asked } = played(() => []);
  await pages.lookAhead({ has_more: false, page_token: 'a' });
  await pages.lookAhead({ has_more: true, page_token: '' });
  await pages.lookAhead({ has_more: true });
  pages.advance({ page_token: 'a' });
  await pages.lookAhead({ has_more: true, page_token: 'a' });
  assert.deepEqual(asked, ['', 'a']);
});

test('a listing cannot go on without a token, or to one that was seen', () => {
  const { pages } = played(() => []);
  pages.advance({ page_token: 'a' });
  for (const page_token of ['a', '', 7, null]) {
    assert.throws(() => pages.advance({ page_token }), PageTokenError);
  }
});

test('a failure of the next page surfaces when it is read', async (t) => {
  const unhandled = t.mock.fn();
  process.on('unhandledRejection', unhandled);
  t.after(() => process.off('unhandledRejection', unhandled));
  const { pages } = played((token) => (token === '' ? [more('a')] : [new Error('second')]));
  await pages.lookAhead({ has_more: true, page_token: 'a' });
  await setImmediate();
  assert.deepEqual(await collect(pages.parts()), [more('a')]);
  pages.advance({ page_token: 'a' });
  await assert.rejects(collect(pages.parts()), /second/);
  assert.equal(unhandled.mock.callCount(), 0);
});

test('whoever leaves gives up both pages', async () => {
  const { pages, ended } = played((token) => [more(`${token}a`)]);
  await pages.lookAhead({ has_more: true, page_token: 'a' });
  pages.leave();
  for (let turns = 0; turns < 3; turns += 1) await setImmediate();
  assert.deepEqual(ended, ['', 'a']);
});
