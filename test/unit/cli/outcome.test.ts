import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exitCodeOf, paragraphOf, UsageError } from '../../../src/cli/outcome.ts';
import { AuthError, ConfigError, InterruptedError, WarehouseError } from '../../../src/errors.ts';

test('the exit code tells usage and configuration, interruption, and whatever else failed', () => {
  const errors = [
    new ConfigError([{ path: 'a', message: 'b' }]),
    new UsageError('x'),
    new InterruptedError('x'),
    new AuthError('x'),
    new WarehouseError('x'),
    new TypeError('x'),
    'x',
  ];
  assert.deepEqual(errors.map(exitCodeOf), [2, 2, 130, 1, 1, 1, 1]);
});

test('an error is one paragraph with what to do next', () => {
  const error = new WarehouseError('the disk is full', { sqlstate: '53100', hint: 'free space' });
  assert.equal(
    paragraphOf(error, { stack: false }),
    'larkhouse: the disk is full [SQLSTATE 53100]. Next: free space',
  );
});

test('the stack of an unexpected error is shown only where it is asked for', () => {
  const error = new TypeError('x is not a function');
  assert.match(
    paragraphOf(error, { stack: false }),
    /^larkhouse: TypeError: x is not a function\. Next: .*debug/,
  );
  assert.doesNotMatch(paragraphOf(error, { stack: false }), /\n/);
  assert.match(paragraphOf(error, { stack: true }), /\n {4}at /);
});
