import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingScopes } from '../../../src/extract/scopes.ts';

test('scopes come from the violations in either shape', () => {
  const detail = {
    permission_violations: [
      { type: 'action_scope_required', subject: 'im:chat:readonly' },
      { subject: 'im:chat' },
      { scope: 'contact:contact.base:readonly', url: 'https://open.larksuite.com/x' },
      { subject: 'im:chat' },
      { subject: 7 },
    ],
  };
  assert.deepEqual(missingScopes(detail, '[other:scope]', ['known:scope']), [
    'im:chat:readonly',
    'im:chat',
    'contact:contact.base:readonly',
  ]);
});

test('without violations they come from the brackets of the message', () => {
  const text =
    'Access denied. One of the following scopes is required: [im:chat:readonly, im:chat] [x]';
  assert.deepEqual(missingScopes({}, text, ['known:scope']), ['im:chat:readonly', 'im:chat']);
});

test('without either they are those that the endpoint needs', () => {
  assert.deepEqual(missingScopes({ permission_violations: 'x' }, 'denied', ['a:b']), ['a:b']);
});
