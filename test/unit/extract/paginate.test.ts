import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PageTokenError, SourceError, TransientError } from '../../../src/errors.ts';
import type { Part } from '../../../src/extract/exchange.ts';
import { type Ask, listing } from '../../../src/extract/paginate.ts';
import type { JsonObject } from '../../../src/json.ts';
import type { Call } from '../../../src/tenant.ts';
import { collect, endpoint, listEndpoint } from './server.ts';

type Page = JsonObject | PageTokenError | readonly JsonObject[];

/** Answers page after page, each as its parts; remembers the calls. */
function asker(pages: (index: number) => Page): { readonly ask: Ask; readonly calls: Call[] } {
  const calls: Call[] = [];
  async function* ask(call: Call, check: (data: JsonObject) => void): AsyncGenerator<Part, void> {
    calls.push(call);
    const page = pages(calls.length - 1);
    if (page instanceof PageTokenError) throw page;
    const parts: readonly JsonObject[] = Array.isArray(page) ? page : [page];
    const last = parts.at(-1);
    if (last !== undefined) check(last);
    for (const data of parts) yield { data };
  }
  return { ask, calls };
}

function tokens(calls: readonly Call[]): unknown[] {
  return calls.map(({ query }) => query?.['page_token']);
}

test('pages are followed until has_more is false, whatever the last token says', async () => {
  const pages: JsonObject[] = [
    { items: [1], has_more: true, page_token: 'a' },
    { items: [], has_more: true, page_token: 'b' },
    { items: [2], has_more: false, page_token: 'c' },
  ];
  const { ask, calls } = asker((index) => pages[index] ?? {});
  const given = await collect(listing(listEndpoint, { query: { all: true } }, ask));
  assert.deepEqual(given, pages);
  assert.deepEqual(tokens(calls), [undefined, 'a', 'b']);
  for (const { query } of calls)
    assert.deepEqual([query?.['page_size'], query?.['all']], [50, true]);
});

test('a page size of the call wins', async () => {
  const { ask, calls } = asker(() => ({ has_more: false }));
  await collect(listing(listEndpoint, { query: { page_size: 10 } }, ask));
  assert.equal(calls[0]?.query?.['page_size'], 10);
});

test('the body and the params go with every page', async () => {
  const { ask, calls } = asker((index) => ({ has_more: index === 0, page_token: 'a' }));
  await collect(listing(listEndpoint, { params: { id: '1' }, body: { filter: 'x' } }, ask));
  for (const { params, body } of calls)
    assert.deepEqual([params, body], [{ id: '1' }, { filter: 'x' }]);
  assert.equal(calls.length, 2);
});

test('an endpoint that does not page gives one answer, asked without a page size', async () => {
  const { ask, calls } = asker(() => ({ has_more: true, page_token: 'a' }));
  const given = await collect(listing(endpoint(), {}, ask));
  assert.equal(given.length, 1);
  assert.deepEqual(calls, [{}]);
});

test('a page that does not say whether there is more is refused', async () => {
  for (const more of [undefined, null, 'true', 1]) {
    const { ask } = asker(() => ({ items: [], ...(more === undefined ? {} : { has_more: more }) }));
    await assert.rejects(collect(listing(listEndpoint, {}, ask)), TransientError);
  }
});

test('the parts of a page are given one by one, and its last says whether there is more', async () => {
  const { ask, calls } = asker((index) =>
    index === 0
      ? [{ items: [1] }, { items: [2], has_more: true, page_token: 'a' }]
      : { items: [3], has_more: false },
  );
  assert.equal((await collect(listing(listEndpoint, {}, ask))).length, 3);
  assert.equal(calls.length, 2);
});

const broken: readonly (readonly [string, (index: number) => Page])[] = [
  ['more without a page token', () => ({ items: [1], has_more: true })],
  ['more with an empty page token', () => ({ items: [1], has_more: true, page_token: '' })],
  [
    'a page token that repeats',
    (index) => ({ items: [1], has_more: true, page_token: `${index % 2}` }),
  ],
  ['a refused page token', () => new PageTokenError('no', { code: 40012 })],
];

for (const [name, pages] of broken) {
  test(`${name}: the listing starts again twice, then fails`, async () => {
    const { ask, calls } = asker(pages);
    const reading = collect(listing(listEndpoint, {}, ask));
    await assert.rejects(reading, (error) => {
      assert.ok(error instanceof SourceError);
      assert.match(error.message, /started 3 times/);
      return error.cause instanceof PageTokenError;
    });
    assert.equal(tokens(calls).filter((token) => token === undefined).length, 3);
  });
}

test('a listing that starts again gives its pages again and can end well', async () => {
  const pages: Page[] = [
    { items: [1], has_more: true, page_token: 'old' },
    new PageTokenError('expired'),
    { items: [1], has_more: true, page_token: 'old' },
    { items: [2], has_more: false },
  ];
  const { ask, calls } = asker((index) => pages[index] ?? {});
  const given = await collect(listing(listEndpoint, {}, ask));
  assert.deepEqual(
    given.map(({ items }) => items),
    [[1], [1], [2]],
  );
  assert.deepEqual(tokens(calls), [undefined, 'old', undefined, 'old']);
});

test('a thousand empty pages in a row are borne, one more is not, though the next is asked for', async () => {
  const emptyUntil = (last: number) => (index: number) => ({
    items: index === last ? [1] : [],
    has_more: index < last,
    page_token: `${index}`,
  });
  const borne = await collect(listing(listEndpoint, {}, asker(emptyUntil(1000)).ask));
  assert.equal(borne.length, 1001);
  const { ask, calls } = asker(emptyUntil(5000));
  await assert.rejects(collect(listing(listEndpoint, {}, ask)), SourceError);
  assert.equal(calls.length, 3 * 1002);
});
