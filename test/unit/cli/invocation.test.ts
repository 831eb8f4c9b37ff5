import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invocation } from '../../../src/cli/invocation.ts';

test('messages say what to type: npm in a checkout, also through make, else the command', () => {
  assert.equal(invocation({ npm_lifecycle_event: 'larkhouse' }), 'npm run -s larkhouse --');
  assert.equal(invocation({ npm_lifecycle_event: 'start' }), 'larkhouse');
  assert.equal(invocation({}), 'larkhouse');
});
