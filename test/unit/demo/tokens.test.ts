import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeTokens } from '../../../src/demo/tokens.ts';

const MINUTE = 60_000;

describe('tokens', () => {
  test('with 30 minutes left the same token is given again, with less life', () => {
    let now = 0;
    const tokens = makeTokens(() => now);
    const first = tokens.issue('tenant', 7200);
    now = 90 * MINUTE;
    const again = tokens.issue('tenant', 7200);
    assert.equal(again.token, first.token);
    assert.equal(first.expire, 7200);
    assert.equal(again.expire, 1800);
  });

  test('below 30 minutes a new token is given and both are valid', () => {
    let now = 0;
    const tokens = makeTokens(() => now);
    const old = tokens.issue('tenant', 7200).token;
    now = 90 * MINUTE + 1;
    const { token, expire } = tokens.issue('tenant', 7200);
    assert.notEqual(token, old);
    assert.equal(expire, 7200);
    assert.ok(tokens.valid('tenant', old));
    assert.ok(tokens.valid('tenant', token));
    now = 120 * MINUTE;
    assert.ok(!tokens.valid('tenant', old));
    assert.ok(tokens.valid('tenant', token));
  });

  test('a tenant token is no app token', () => {
    const tokens = makeTokens(() => 0);
    const { token } = tokens.issue('tenant', 7200);
    assert.ok(!tokens.valid('app', token));
    assert.match(token, /^t-/);
    assert.match(tokens.issue('app', 7140).token, /^a-/);
  });

  test('after all tokens ended a new one is given', () => {
    const tokens = makeTokens(() => 0);
    const { token } = tokens.issue('tenant', 7200);
    tokens.expireAll();
    assert.ok(!tokens.valid('tenant', token));
    assert.notEqual(tokens.issue('tenant', 7200).token, token);
  });
});
