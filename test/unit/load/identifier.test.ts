import assert from 'node:assert/strict';
import { test } from 'node:test';
import { equal, ident, idents, qualified } from '../../../src/load/identifier.ts';

test('a quote in a name is doubled, so that no name ends early', () => {
  assert.equal(ident('a"; drop table b; --'), '"a""; drop table b; --"');
  assert.equal(qualified('my "schema"', 'order'), '"my ""schema"""."order"');
});

test('lists of names take a prefix', () => {
  assert.equal(idents(['a', 'b'], 't.'), 't."a", t."b"');
  assert.equal(equal('t', 's', ['a', 'b']), 't."a" = s."a" and t."b" = s."b"');
});
