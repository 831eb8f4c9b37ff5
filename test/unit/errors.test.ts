import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNativeError } from 'node:util/types';
import {
  AuthError,
  action,
  BlockedError,
  ConfigError,
  describe,
  InterruptedError,
  InvariantError,
  LarkhouseError,
  locate,
  PermissionError,
  QuotaError,
  ReadingLostError,
  RecordError,
  RejectsError,
  SourceError,
  ThrottledError,
  TokenError,
  WarehouseError,
} from '../../src/errors.ts';

test('an error is described by what happened, where, and what to do next', () => {
  const where = { source: 'acme', endpoint: 'base.apps.get', status: 400, code: 1254302 };
  const error = new SourceError('Lark refuses', { ...where, logId: 'L1', hint: 'share the Base' });
  assert.equal(
    describe(error),
    'Lark refuses [source acme, endpoint base.apps.get, HTTP 400, Lark code 1254302, log id L1]. Next: share the Base',
  );
});

test('a full stop stands before what to do next, and only one', () => {
  const hint = 'free space';
  assert.equal(
    describe(new WarehouseError('it is full', { hint })),
    'it is full. Next: free space',
  );
  for (const message of ['It is full.', 'Is it full?', 'It is full!']) {
    assert.equal(describe(new WarehouseError(message, { hint })), `${message} Next: free space`);
  }
});

test('without a hint nothing is added to what happened', () => {
  assert.equal(describe(new WarehouseError('it is full')), 'it is full');
  assert.equal(describe(new WarehouseError('it is full', { sqlstate: '' })), 'it is full');
});

test('what larkhouse did not raise is described by its own name, and what is no error as it is', () => {
  assert.equal(describe(new TypeError('x is not a function')), 'TypeError: x is not a function');
  assert.equal(describe('odd'), 'odd');
});

test('every problem of a configuration is a line', () => {
  const error = new ConfigError([
    { path: 'sources.acme', message: 'is empty' },
    { path: '', message: 'is no mapping', suggestion: 'see config/example.yaml' },
  ]);
  assert.equal(
    describe(error),
    'the configuration has 2 problems:\n  sources.acme: is empty\n  is no mapping (see config/example.yaml)',
  );
});

test('what an error leads to follows from its name; what larkhouse did not raise stops its stream', () => {
  assert.equal(action(new TokenError('x')), 'renew-token');
  assert.equal(action(new ThrottledError('x')), 'wait');
  assert.equal(action(new RecordError('x')), 'reject');
  assert.equal(action(new PermissionError('x')), 'stop-partition');
  assert.equal(action(new ReadingLostError('x')), 'restart-partition');
  for (const kind of [BlockedError, RejectsError, InvariantError]) {
    assert.equal(action(new kind('x')), 'stop-stream');
  }
  assert.equal(action(new InterruptedError('x')), 'stop-source');
  assert.equal(action(new WarehouseError('x')), 'stop-run');
  for (const foreign of [new TypeError('x'), new LarkhouseError('x'), 'x', undefined]) {
    assert.equal(action(foreign), 'stop-stream');
  }
});

test('a located error is a copy of the same class with the same message, hint and cause', () => {
  const cause = new Error('the reason');
  const error = new PermissionError('refused', { hint: 'add it', cause, scopes: ['a:b'], code: 1 });
  const located = locate(error, { source: 'acme' });
  assert.notEqual(located, error);
  assert.ok(located instanceof PermissionError);
  assert.ok(isNativeError(located));
  const { name, message, hint, scopes, stack } = error;
  assert.deepEqual(
    [located.name, located.message, located.hint, located.scopes, located.stack, located.cause],
    [name, message, hint, scopes, stack, cause],
  );
  assert.deepEqual(located.circumstances, { source: 'acme', code: 1 });
});

test('an error that several streams share is located in each of them, and stays as it is', () => {
  const shared = new QuotaError('used up', { source: 'acme' });
  const one = locate(shared, { stream: 'base.apps' });
  const other = locate(shared, { stream: 'base.fields' });
  assert.deepEqual(shared.circumstances, { source: 'acme' });
  assert.deepEqual(one.circumstances, { source: 'acme', stream: 'base.apps' });
  assert.deepEqual(other.circumstances, { source: 'acme', stream: 'base.fields' });
});

test('what is known of the place of an error stays when more becomes known', () => {
  const error = new AuthError('refused', { endpoint: 'auth.token' });
  const located = locate(locate(error, { endpoint: 'base.apps.get', source: 'acme' }), {
    source: 'other',
  });
  assert.deepEqual(located.circumstances, { endpoint: 'auth.token', source: 'acme' });
});

test('what larkhouse did not raise is given back as it is', () => {
  const error = new TypeError('x');
  assert.equal(locate(error, { source: 'acme' }), error);
  assert.equal(locate('odd', { source: 'acme' }), 'odd');
});
