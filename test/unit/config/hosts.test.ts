import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseUrlFault, isAllowed, isHost, isLoopback, isNamed } from '../../../src/config/hosts.ts';

test('https to a public host and http to loopback are well formed', () => {
  for (const url of [
    'https://open.larksuite.com',
    'https://open.feishu.cn/',
    'https://LARK.example.com:8443',
    'https://8.8.8.8',
    'http://127.0.0.1:9000',
    'http://127.8.9.10',
    'http://[::1]:9000',
    'http://localhost:9000/',
    'https://localhost',
  ]) {
    assert.equal(baseUrlFault(url), undefined, url);
  }
});

test('plain http leaves the machine for no host', () => {
  for (const url of [
    'http://open.larksuite.com',
    'http://8.8.8.8',
    'http://localhost.example.com',
  ]) {
    assert.match(baseUrlFault(url) ?? '', /plain http/, url);
  }
});

test('credentials, a path, a query and a fragment are refused', () => {
  assert.match(baseUrlFault('https://a:b@open.feishu.cn') ?? '', /credentials/);
  assert.match(baseUrlFault('https://a@open.feishu.cn') ?? '', /credentials/);
  assert.match(baseUrlFault('https://open.feishu.cn/open-apis') ?? '', /path/);
  assert.match(baseUrlFault('https://open.feishu.cn/?a=b') ?? '', /query/);
  assert.match(baseUrlFault('https://open.feishu.cn?') ?? '', /query/);
  assert.match(baseUrlFault('https://open.feishu.cn/#x') ?? '', /fragment/);
});

test('what is no web address is refused', () => {
  for (const url of [
    '',
    'open.feishu.cn',
    'https://',
    'ftp://open.feishu.cn',
    'file:///etc/hosts',
  ]) {
    assert.notEqual(baseUrlFault(url), undefined, url);
  }
});

test('an address written in a form that reads as something else is refused', () => {
  for (const url of [
    'http://2130706433',
    'http://0x7f000001',
    'http://0177.0.0.1',
    'http://127.1',
    'https://%31%32%37.0.0.1',
    'https://１２７.0.0.1',
    'https://open.feishu.cn\\@evil.example.com',
    'https://open.\tfeishu.cn',
    'https://оpen.feishu.cn',
    'http://[0:0:0:0:0:0:0:1]',
    'https://@open.feishu.cn',
  ]) {
    assert.notEqual(baseUrlFault(url), undefined, url);
  }
});

test('127.0.0.0/8, ::1 and localhost are this machine, in no other spelling', () => {
  for (const host of ['127.0.0.1', '127.255.255.255', '[::1]', 'localhost']) {
    assert.equal(isLoopback(host), true, host);
  }
  for (const host of ['localhost.', 'sub.localhost', '127.0.0.1.example.com', '[::ffff:7f00:1]']) {
    assert.equal(isLoopback(host), false, host);
  }
});

test('an allowed host is a host name or an address alone', () => {
  for (const host of ['lark.example.com', 'LARK.example.com', '10.1.2.3', '[2606:4700::1111]']) {
    assert.equal(isHost(host), true, host);
  }
  for (const host of [
    '',
    'https://a.com',
    'a.com/x',
    'a.com:443',
    'u@a.com',
    'a b',
    '0x0a000001',
  ]) {
    assert.equal(isHost(host), false, host);
  }
});

test('a base URL is named by its very host', () => {
  assert.equal(isNamed('https://lark.example.com:8443', ['LARK.example.com']), true);
  assert.equal(isNamed('https://lark.example.com', ['example.com', 7]), false);
});

test("the platform's own host, loopback and allowed hosts may be called, others not", () => {
  assert.equal(isAllowed('https://open.larksuite.com', 'lark', []), true);
  assert.equal(isAllowed('https://open.feishu.cn', 'feishu', []), true);
  assert.equal(isAllowed('https://open.feishu.cn', 'lark', []), false);
  assert.equal(isAllowed('http://127.0.0.1:9000', 'lark', []), true);
  assert.equal(isAllowed('https://lark.example.com', 'lark', ['LARK.example.com']), true);
  assert.equal(isAllowed('https://x.lark.example.com', 'lark', ['lark.example.com']), false);
  assert.equal(isAllowed('https://open.larksuite.com.evil.example', 'lark', []), false);
  assert.equal(isAllowed('https://open.larksuite.com.', 'lark', []), false);
  assert.equal(isAllowed('https://10.0.0.1', 'lark', []), false);
});
