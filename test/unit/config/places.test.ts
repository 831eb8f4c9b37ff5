import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { isSecretPlace, isSecretPlaceName, secretPlaces } from '../../../src/config/places.ts';
import { properties } from './properties.ts';

test('the places of secrets are those that the schema declares as secret', () => {
  const declared = properties().filter(({ node }) => node['writeOnly'] === true);
  assert.deepEqual([...secretPlaces].sort(), [...new Set(declared.map(({ path }) => path))].sort());
});

test('docs/security.md names every place of a secret', async () => {
  const page = await readFile(new URL('../../../docs/security.md', import.meta.url), 'utf8');
  const named = [...page.matchAll(/^\| `([\w.]+)` /gm)].map(([, name]) => name ?? '');
  const missing = secretPlaces.filter((place) => !named.includes(place.replace('*', 'NAME')));
  assert.deepEqual(missing, []);
});

test('a secret stands at its place under any name of a source, and nowhere else', () => {
  assert.equal(isSecretPlace(['sources', 'acme-2', 'auth', 'app_secret']), true);
  assert.equal(isSecretPlace(['warehouse', 'url']), true);
  for (const path of [
    ['sources', 'acme', 'auth', 'app_id'],
    ['sources', 'a.b', 'auth', 'app_secret'],
    ['sources', 'acme', 'auth', 'app_secret', 0],
    ['x', 'sources', 'acme', 'auth', 'app_secret'],
    ['warehouseXurl'],
    [],
  ]) {
    assert.equal(isSecretPlace(path), false, path.join());
  }
  assert.equal(isSecretPlaceName('sources.*.auth.app_secret'), false);
});
