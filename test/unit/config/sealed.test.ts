import assert from 'node:assert/strict';
import { createSecretKey, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { Key } from '../../../src/config/keys.ts';
import { isSealed, keyOf, seal, unseal } from '../../../src/config/sealed.ts';

const place = 'sources.acme.auth.app_secret';
const secret = 's3cret wörd "\\';
const key = keyCalled('k1');

function keyCalled(id: string, isUnique = true): Key {
  return { id, isUnique, key: createSecretKey(randomBytes(32)) };
}

function faultOf(sealed: string, where = place, keys: readonly Key[] = [key]): string {
  const found = unseal(sealed, where, keys);
  assert.ok('message' in found, 'it opens');
  assert.match(found.suggestion, new RegExp(`secret seal --for ${where}`));
  return found.message;
}

test('what was sealed opens at its place under its key', () => {
  const sealed = seal(secret, place, key);
  assert.match(sealed, /^sealed:v1:k1:sources\.acme\.auth\.app_secret:[\w-]+$/);
  assert.ok(isSealed(sealed));
  assert.equal(keyOf(sealed), 'k1');
  assert.deepEqual(unseal(sealed, place, [keyCalled('k2'), key]), { value: secret });
});

test('the same secret is sealed differently each time', () => {
  const all = Array.from({ length: 50 }, () => seal(secret, place, key));
  assert.equal(new Set(all).size, 50);
  const nonces = all.map((sealed) => dataOf(sealed).subarray(0, 12).toString('hex'));
  assert.equal(new Set(nonces).size, 50);
});

function dataOf(sealed: string): Buffer {
  return Buffer.from(sealed.split(':').at(-1) ?? '', 'base64url');
}

test('nothing opens after any character of it was changed', () => {
  const sealed = seal('hidden', place, key);
  const start = sealed.lastIndexOf(':') + 1;
  for (let at = start; at < sealed.length; at += 1) {
    for (const other of ['A', 'B', '_']) {
      if (sealed[at] === other) continue;
      faultOf(`${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`);
    }
  }
  assert.equal(faultOf(flipped(sealed)), 'was changed after it was sealed');
});

/** One bit of the ciphertext is another. */
function flipped(sealed: string): string {
  const data = dataOf(sealed);
  data.writeUInt8(data.readUInt8(14) ^ 1, 14);
  return `${sealed.slice(0, sealed.lastIndexOf(':'))}:${data.toString('base64url')}`;
}

test('what is cut off, lengthened or of another version does not open', () => {
  const sealed = seal('hidden', place, key);
  for (const text of [
    sealed.slice(0, -1),
    sealed.slice(0, -30),
    `${sealed}A`,
    `${sealed}=`,
    `${sealed}\n`,
    sealed.replace('v1', 'v2'),
    'sealed:',
    `sealed:v1:k1:${place}:`,
    `sealed:v1:k1:${place}:${Buffer.alloc(28).toString('base64url')}`,
  ]) {
    faultOf(text);
  }
});

test('another place is told apart, and relabelling does not help', () => {
  const sealed = seal('hidden', 'sources.other.auth.app_secret', key);
  assert.match(
    faultOf(sealed),
    /^is sealed for sources\.other\.auth\.app_secret and opens nowhere/,
  );
  assert.equal(faultOf(sealed.replace('other', 'acme')), 'was changed after it was sealed');
});

test('another key is told apart, and relabelling does not help', () => {
  const sealed = seal('hidden', place, keyCalled('k2'));
  const message = faultOf(sealed, place, [key, keyCalled('k3')]);
  assert.match(message, /^is sealed under the key k2, which is not among those given \(k1, k3\)/);
  assert.equal(faultOf(sealed.replace('k2', 'k1')), 'was changed after it was sealed');
});

test('under a name that several keys may have, the key may be the wrong one', () => {
  const sealed = seal('hidden', place, keyCalled('2026'));
  const message = faultOf(sealed, place, [keyCalled('2026', false)]);
  assert.match(message, /the text was changed, or another key has that name now/);
});

test('no message has any part of the secret or the key', () => {
  const sealed = seal('hidden', place, key);
  const bytes = key.key.export();
  for (const text of [flipped(sealed), sealed.replace('acme', 'x'), sealed.slice(0, -1)]) {
    const said = JSON.stringify(unseal(text, place, [key]));
    assert.ok(!said.includes('hidden') && !said.includes(bytes.toString('base64').slice(0, 8)));
  }
});
