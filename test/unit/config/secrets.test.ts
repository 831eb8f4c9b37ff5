import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secretsOf } from '../../../src/config/secrets.ts';
import { read, sample } from './sample.ts';

test('the secret of an app and the password of the warehouse are secrets, names are not', () => {
  const warehouse = { url: 'postgres://user:pa%40ss@db.example.com/lark' };
  const secrets = secretsOf(read(sample({ warehouse })));
  assert.deepEqual(secrets, ['acme-secret', 'pa%40ss', 'pa@ss']);
});

test('every ticket and token of a store app is a secret', () => {
  const store = { mode: 'store_app', app_id: 'id', app_secret: 'ss', tenant_key: 'key' };
  for (const grant of ['app_ticket', 'app_access_token', 'tenant_access_token']) {
    const auth = { ...store, [grant]: 'tt' };
    assert.deepEqual(secretsOf(read(sample({ auth }))), ['ss', 'tt']);
  }
});

test('a password given as a parameter of the URL, or written unescaped, is a secret', () => {
  const url = 'postgres://u:a%zz!@h/d?password=other';
  assert.deepEqual(secretsOf(read(sample({ warehouse: { url } }))), [
    'acme-secret',
    'a%zz!',
    'other',
  ]);
});

test('the embedded warehouse adds no secret', () => {
  assert.deepEqual(secretsOf(read(sample())), ['acme-secret']);
});
