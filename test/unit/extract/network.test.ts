import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InterruptedError, SourceError, TransientError } from '../../../src/errors.ts';
import { networkError } from '../../../src/extract/network.ts';

function coded(code: string): Error {
  return Object.assign(new Error('quoted body text'), { code });
}

test('names that do not resolve, refused and broken connections pass', () => {
  const codes = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];
  for (const code of [
    ...codes,
    'UND_ERR_CONNECT_TIMEOUT',
    'Z_BUF_ERROR',
    'HPE_INVALID_CONSTANT',
    'X',
  ]) {
    const error = networkError(coded(code), 'open.example');
    assert.ok(error instanceof TransientError, code);
    assert.match(error.message, new RegExp(`^open\\.example: .*\\(${code}\\)$`));
  }
});

test('a certificate that is not accepted does not', () => {
  const codes = [
    'CERT_HAS_EXPIRED',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ];
  for (const code of [...codes, 'ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_SSL_WRONG_VERSION_NUMBER']) {
    assert.ok(networkError(coded(code), 'open.example') instanceof SourceError, code);
  }
});

test('of several addresses that were tried the first says why', () => {
  const all = new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')], 'all failed');
  assert.match(networkError(all, 'h').message, /refused \(ECONNREFUSED\)/);
});

test('an error of our own stays what it is', () => {
  const error = new InterruptedError('stop');
  assert.equal(networkError(error, 'h'), error);
});
