import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suggest } from '../../../src/config/suggest.ts';

test('a near miss gets the word that was meant', () => {
  assert.equal(suggest('aproval', ['base', 'approval']), 'did you mean approval?');
  assert.equal(suggest('tableId', ['view_id', 'table_id']), 'did you mean table_id?');
  assert.equal(suggest('EN_us', ['zh-CN', 'en-US']), 'did you mean en-US?');
});

test('a far miss gets the accepted words', () => {
  assert.equal(suggest('calendar', ['approval', 'base']), 'accepted: approval, base');
});

test('a short word is not stretched to another one', () => {
  assert.equal(suggest('xy', ['url', 'auth']), 'accepted: url, auth');
});
