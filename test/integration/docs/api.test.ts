// The page of the library, made from the comments in the code.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiPage } from './api.ts';
import { holds } from './holds.ts';

const page = await apiPage();

test('docs/api.md tells everything that the library exports', () => holds('docs/api.md', page));

test('everything that the library exports has a comment', () => {
  const bare = [...page.matchAll(/^### `(\w+)`\n\n```/gm)].map(([, name]) => name);
  assert.deepEqual(bare, []);
});
