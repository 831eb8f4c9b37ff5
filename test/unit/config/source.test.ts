import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complaints, problemsIn, readSource, sample } from './sample.ts';

test('the platform decides the host', () => {
  assert.equal(readSource({}).baseUrl, 'https://open.larksuite.com');
  const feishu = readSource({ source: { platform: 'feishu' } });
  assert.equal(feishu.baseUrl, 'https://open.feishu.cn');
  assert.equal(feishu.platform, 'feishu');
});

test('a base URL is kept without its slash', () => {
  const source = readSource({ source: { base_url: 'http://127.0.0.1:9000/' } });
  assert.equal(source.baseUrl, 'http://127.0.0.1:9000');
});

test('another host needs leave, and the leave makes it valid', () => {
  const elsewhere = { base_url: 'https://lark.example.com' };
  const [refused] = complaints({ source: elsewhere });
  assert.match(refused ?? '', /^base_url: has another host .* name it in allow_hosts/);
  const source = readSource({ source: { ...elsewhere, allow_hosts: ['Lark.Example.com'] } });
  assert.equal(source.baseUrl, 'https://lark.example.com');
  assert.deepEqual(source.allowHosts, ['lark.example.com']);
});

test('leave does not open plain http, and a private address needs it', () => {
  const http = { base_url: 'http://lark.example.com', allow_hosts: ['lark.example.com'] };
  assert.match(complaints({ source: http }).join(), /^base_url: .*plain http/);
  const inner = { base_url: 'https://10.0.0.1' };
  assert.match(complaints({ source: inner }).join(), /^base_url: has another host/);
  assert.equal(
    readSource({ source: { ...inner, allow_hosts: ['10.0.0.1'] } }).privateNetwork,
    true,
  );
});

test('only the host that base_url names and allow_hosts, too, may lie in a private network', () => {
  assert.equal(readSource({}).privateNetwork, false);
  assert.equal(readSource({ source: { allow_hosts: ['lark.example.com'] } }).privateNetwork, false);
  const own = { platform: 'feishu', allow_hosts: ['open.feishu.cn'] };
  assert.equal(readSource({ source: own }).privateNetwork, true);
});

test('a refused host is told of beside other problems of the source', () => {
  const found = complaints({
    source: { base_url: 'https://lark.example.com', quota: { monthly_calls: 0 }, extra: 1 },
  });
  assert.deepEqual(found.map((each) => each.split(':')[0]).sort(), [
    'base_url',
    'extra',
    'quota.monthly_calls',
  ]);
});

test('the quota is a whole number of calls, also from the environment', () => {
  assert.equal(readSource({}).quota, undefined);
  const source = readSource({ source: { quota: { monthly_calls: '${N}' } } }, { N: '10000' });
  assert.deepEqual(source.quota, { monthlyCalls: 10_000 });
  for (const calls of [0, 1.5, '1e3', '', true]) {
    assert.deepEqual(complaints({ source: { quota: { monthly_calls: calls } } }), [
      'quota.monthly_calls: must be a whole number from 1 to 1000000000',
    ]);
  }
});

test('an unknown platform gets the one that was meant', () => {
  assert.deepEqual(problemsIn(sample({ source: { platform: 'Feishuu' } })), [
    {
      path: 'sources.acme.platform',
      message: 'is not an accepted value',
      suggestion: 'did you mean feishu?',
    },
  ]);
});
