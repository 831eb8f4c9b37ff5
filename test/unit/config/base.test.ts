import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaints, readSource } from './sample.ts';

const link = 'https://x.larksuite.com/base/bascn1?table=tblA&view=vewB';

function entries(...base: readonly unknown[]): unknown {
  return readSource({ modules: { base } }).modules.base;
}

function wrong(...base: readonly unknown[]): string[] {
  return complaints({ modules: { base } }).map((each) => each.replace(/^modules\./, ''));
}

test('a Base is named by app token or wiki token', () => {
  assert.deepEqual(entries({ app_token: 'bascn1' }, { wiki_token: 'wikcn1', table_id: 'tblA' }), [
    { kind: 'app', token: 'bascn1' },
    { kind: 'wiki', token: 'wikcn1', tableId: 'tblA' },
  ]);
});

test('a link may stand alone, under url, or where a token is expected', () => {
  const read = { kind: 'app', token: 'bascn1', tableId: 'tblA', viewId: 'vewB' };
  for (const entry of [link, { url: link }, { app_token: link }, { wiki_token: link }]) {
    assert.deepEqual(entries(entry), [read]);
  }
});

test('the table and view of the entry win over those of its link', () => {
  assert.deepEqual(entries({ url: link, view_id: 'vewC' }), [
    { kind: 'app', token: 'bascn1', tableId: 'tblA', viewId: 'vewC' },
  ]);
});

test("a link's view is not carried over to another table", () => {
  assert.deepEqual(entries({ url: link, table_id: 'tblC' }), [
    { kind: 'app', token: 'bascn1', tableId: 'tblC' },
  ]);
});

test('exactly one of app token, wiki token and url is named', () => {
  const message = 'must have exactly one of app_token, wiki_token, url';
  assert.deepEqual(wrong({ table_id: 'tblA' }, { app_token: 'a', wiki_token: 'b' }), [
    `base[0]: ${message}`,
    `base[1]: ${message}`,
  ]);
});

test('a view without its table is refused', () => {
  const message = 'needs a table_id: a view belongs to one table';
  assert.deepEqual(wrong({ app_token: 'a', view_id: 'vewB' }), [`base[0].view_id: ${message}`]);
  assert.deepEqual(wrong({ url: 'https://x.feishu.cn/base/b?view=vewB' }), [
    `base[0].url: ${message}`,
  ]);
  assert.deepEqual(wrong('https://x.feishu.cn/base/b?view=vewB'), [`base[0]: ${message}`]);
});

test('entries for the same records are refused, however they are written', () => {
  const same = { app_token: 'bascn1', table_id: 'tblA', view_id: 'vewB' };
  assert.deepEqual(wrong(link, { app_token: 'bascn1' }, same), [
    'base[2]: names the same records as [0]',
  ]);
});

test('tables of one Base, and views of one table, are entries of their own', () => {
  const tables = ['tblA', 'tblB'].map((id) => ({ app_token: 'a', table_id: id }));
  const views = ['vewA', 'vewB'].map((id) => ({ app_token: 'a', table_id: 'tblC', view_id: id }));
  assert.deepEqual(wrong(...tables, ...views), []);
});

test('every faulty entry is told of at its own place', () => {
  assert.deepEqual(
    wrong('bascn1', { app_token: 'a/b' }, 3, null, { app_token: 'c', tabel_id: 'x' }, { url: 3 }),
    [
      'base[0]: must be the link of a Base: https://.../base/... or https://.../wiki/...',
      'base[1].app_token: must be a token (letters and digits) or the link of the Base',
      'base[2]: must be a link, or a mapping with app_token, wiki_token or url',
      'base[3]: is empty',
      'base[4].tabel_id: is not a known key',
      'base[5].url: must be a text: quote it, since a number loses leading zeros and long digits',
    ],
  );
});

test('a module without a Base is refused', () => {
  assert.deepEqual(wrong(), ['base: needs at least one Base']);
});
