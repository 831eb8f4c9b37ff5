import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reachOf } from '../../../src/config/reach.ts';

test('127.0.0.0/8, ::1 and localhost are loopback', () => {
  for (const host of ['127.0.0.1', '127.255.255.255', '[::1]', 'localhost']) {
    assert.equal(reachOf(host), 'loopback', host);
  }
});

test('a name counts as public, since only DNS knows', () => {
  for (const host of ['open.feishu.cn', 'localhost.example.com', 'sub.localhost']) {
    assert.equal(reachOf(host), 'public', host);
  }
});

test('private, link-local and reserved addresses are private', () => {
  for (const host of [
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '[::]',
    '[fe80::1]',
    '[fd00::1]',
    '[ff02::1]',
    '[::ffff:7f00:1]',
    '[::ffff:a00:1]',
    '[64:ff9b::a00:1]',
    '[2002:a00:1::]',
  ]) {
    assert.equal(reachOf(host), 'private', host);
  }
  for (const host of ['172.32.0.1', '100.128.0.1', '[2606:4700::1111]']) {
    assert.equal(reachOf(host), 'public', host);
  }
});
