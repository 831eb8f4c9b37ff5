import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPath } from '../../../src/config/path.ts';

test('names are joined by dots and positions stand in brackets', () => {
  assert.equal(
    formatPath(['sources', 'acme', 'modules', 'base', 0, 'table_id']),
    'sources.acme.modules.base[0].table_id',
  );
});

test('a name that a dot would blur is quoted', () => {
  assert.equal(formatPath(['sources', 'a.b', 'auth']), 'sources["a.b"].auth');
});

test('the whole file has the empty path', () => {
  assert.equal(formatPath([]), '');
});
