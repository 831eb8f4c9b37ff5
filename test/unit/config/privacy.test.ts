import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Privacy } from '../../../src/config/privacy.ts';
import { problemsIn, read, sample } from './sample.ts';

const key = 'a key of hashes that is long enough';

function withPrivacy(privacy: unknown): string {
  return JSON.stringify({ ...JSON.parse(sample()), privacy });
}

function privacyOf(privacy: unknown, env: NodeJS.ProcessEnv = {}): Privacy {
  return read(withPrivacy(privacy), env).privacy;
}

function complaints(privacy: unknown): string[] {
  return problemsIn(withPrivacy(privacy)).map(
    ({ path, message, suggestion }) => `${path}: ${message} (${suggestion})`,
  );
}

test('without a word on privacy every column is stored as Lark gives it', () => {
  assert.deepEqual(read(sample()).privacy, { columns: {} });
  assert.deepEqual(privacyOf(null), { columns: {} });
  assert.deepEqual(privacyOf({ columns: {} }), { columns: {} });
});

test('columns are dropped, hashed or rounded', () => {
  const columns = { 'a.b': 'drop', 'a.c': 'hash', 'a.d': { round: 2 }, 'a.e': { round: '${N}' } };
  assert.deepEqual(privacyOf({ hash_key: '${KEY}', columns }, { KEY: key, N: '0' }), {
    hashKey: key,
    columns: { 'a.b': 'drop', 'a.c': 'hash', 'a.d': { round: 2 }, 'a.e': { round: 0 } },
  });
});

test('a treatment that there is not is told with the one that was meant', () => {
  const columns = { 'a.b': 'hsh', 'a.c': { rond: 2 }, 'a.d': { round: 11 }, 'a.e': null };
  assert.deepEqual(complaints({ columns }), [
    'privacy.columns["a.b"]: is not an accepted value (did you mean hash?)',
    'privacy.columns["a.c"].round: is required (undefined)',
    'privacy.columns["a.c"].rond: is not a known key (did you mean round?)',
    'privacy.columns["a.d"].round: must be a whole number from 0 to 10 (undefined)',
    'privacy.columns["a.e"]: is empty (accepted: drop, hash)',
  ]);
});

test('a hash needs a key, also where something else is wrong', () => {
  const columns = { 'a.b': 'hash', 'a.c': 'hush' };
  assert.deepEqual(complaints({ columns }), [
    'privacy.columns["a.c"]: is not an accepted value (did you mean hash?)',
    'privacy.hash_key: is required, since a.b is hashed (undefined)',
  ]);
  assert.deepEqual(complaints({ columns: { 'a.b': 'drop' } }), []);
});

test('a key that could be found by trying is refused, and is not quoted', () => {
  const hash_key = 'a key that is too short';
  assert.deepEqual(complaints({ hash_key }), [
    'privacy.hash_key: must have at least 32 characters: openssl rand -hex 32 makes some (undefined)',
  ]);
});
