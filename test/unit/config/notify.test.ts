import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Notify } from '../../../src/config/notify.ts';
import { problemsIn, read, sample } from './sample.ts';

const hook = 'https://open.larksuite.com/open-apis/bot/v2/hook/3f1a-token';

function withNotify(notify: unknown): string {
  return JSON.stringify({ ...JSON.parse(sample()), notify });
}

function readNotify(notify: unknown): Notify | undefined {
  return read(withNotify(notify)).notify;
}

/** Where the problems are and what they say. */
function complaints(notify: unknown): string[] {
  return problemsIn(withNotify(notify)).map(({ path, message }) => `${path}: ${message}`);
}

test('nobody is told anything unless the file says so', () => {
  assert.equal(read(sample()).notify, undefined);
});

test('a webhook has a URL and perhaps a secret; messages are English unless said otherwise', () => {
  assert.deepEqual(readNotify({ webhook: { url: hook } }), {
    locale: 'en-US',
    webhook: { url: hook, privateNetwork: false },
  });
  assert.deepEqual(
    readNotify({ locale: 'zh-CN', stale_after_hours: '26', webhook: { url: hook, secret: 's' } }),
    {
      locale: 'zh-CN',
      staleMs: 26 * 3_600_000,
      webhook: { url: hook, secret: 's', privateNetwork: false },
    },
  );
});

test('a command is a list of words, and does without a webhook', () => {
  assert.deepEqual(readNotify({ command: ['/bin/page', '--team', 'data'] })?.command, [
    '/bin/page',
    '--team',
    'data',
  ]);
  assert.deepEqual(complaints({ command: [] }), ['notify.command: must name a program']);
  assert.deepEqual(complaints({ command: 'page --team data' }), ['notify.command: must be a list']);
});

test('without a webhook and a command there is nobody to tell', () => {
  assert.deepEqual(complaints({ locale: 'zh-CN' }), ['notify: needs a webhook or a command']);
});

test('a webhook leads to Lark, Feishu, this machine, or a host that is named', () => {
  const path = '/open-apis/bot/v2/hook/token';
  for (const origin of [
    'https://open.larksuite.com',
    'https://open.feishu.cn',
    'http://127.0.0.1:9000',
  ]) {
    assert.deepEqual(complaints({ webhook: { url: `${origin}${path}` } }), []);
  }
  const other = `https://proxy.example.com${path}`;
  const [refusal] = complaints({ webhook: { url: other } });
  assert.match(refusal ?? '', /^notify\.webhook\.url: has another host than open\.larksuite\.com/);
  const named = { url: other, allow_hosts: ['Proxy.example.com'] };
  assert.equal(readNotify({ webhook: named })?.webhook?.privateNetwork, true);
});

test('a URL that is not what a bot shows is refused, and never quoted', () => {
  const faults: readonly (readonly [string, RegExp])[] = [
    ['hook/token', /must be a URL/],
    ['http://open.feishu.cn/open-apis/bot/v2/hook/token', /https/],
    ['https://user:token@open.feishu.cn/open-apis/bot/v2/hook/x', /credentials/],
    ['https://open.feishu.cn', /path/],
    ['https://open.feishu.cn/open-apis/bot/v2/hook/token?x=1', /query/],
    ['https://open.feishu.cn.evil.example/open-apis/bot/v2/hook/token', /another host/],
    ['https://0x7f.1/open-apis/bot/v2/hook/token', /plain form/],
  ];
  for (const [url, message] of faults) {
    const [found = '', ...more] = complaints({ webhook: { url } });
    assert.match(found, message, url);
    assert.deepEqual(more, []);
    assert.doesNotMatch(found, /token/);
  }
});
