import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLink, readBaseLink } from '../../../src/config/base-link.ts';

test('a Base link gives its token, table and view', () => {
  assert.deepEqual(readBaseLink('https://x.larksuite.com/base/bascn1?table=tblA&view=vewB'), {
    kind: 'app',
    token: 'bascn1',
    tableId: 'tblA',
    viewId: 'vewB',
  });
});

test('a wiki link gives its node', () => {
  assert.deepEqual(readBaseLink('https://x.feishu.cn/wiki/wikcn1?table=tblA'), {
    kind: 'wiki',
    token: 'wikcn1',
    tableId: 'tblA',
  });
});

test('any host and further parameters will do', () => {
  for (const host of ['a.larkoffice.com', 'a.sg.larksuite.com', 'base.example.com:8443']) {
    assert.deepEqual(readBaseLink(`https://${host}/base/bascn1/?from=x&table=tblA#top`), {
      kind: 'app',
      token: 'bascn1',
      tableId: 'tblA',
    });
  }
});

test('a link to something else is no Base link', () => {
  for (const link of [
    'bascn1',
    'https://x.feishu.cn/docx/abc',
    'https://x.feishu.cn/base/',
    'https://x.feishu.cn/share/base/form/shrcn1',
    'https://x.feishu.cn/base/workspace/abc',
    'ftp://x.feishu.cn/base/bascn1',
  ]) {
    assert.ok('fault' in readBaseLink(link), link);
  }
});

test('a link to a dashboard of a Base is not taken for the whole Base', () => {
  const read = readBaseLink('https://x.feishu.cn/base/bascn1?table=blkD');
  assert.match('fault' in read ? read.fault : '', /leads to no table/);
});

test('a link is told from a token', () => {
  assert.equal(isLink('HTTPS://x.feishu.cn/base/bascn1'), true);
  assert.equal(isLink('bascn1'), false);
});
