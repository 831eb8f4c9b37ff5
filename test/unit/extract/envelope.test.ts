import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AuthError,
  describe,
  LarkhouseError,
  NotFoundError,
  PageTokenError,
  PermissionError,
  QuotaError,
  SourceError,
  ThrottledError,
  TokenError,
  TransientError,
} from '../../../src/errors.ts';
import { type Asked, dataOf, opened } from '../../../src/extract/envelope.ts';
import type { Json } from '../../../src/json.ts';

const asked: Asked = {
  source: 'acme',
  endpoint: 'things.list',
  scopes: ['things:read'],
  paging: false,
  secrets: ['hush'],
};

function failure(
  envelope: Json,
  status = 400,
  headers: Record<string, string> = {},
  occasion: Partial<Asked> = {},
): LarkhouseError {
  try {
    opened(envelope, { status, headers }, { ...asked, ...occasion });
  } catch (error) {
    if (error instanceof LarkhouseError) return error;
    throw error;
  }
  throw new Error('was a success');
}

function refused(
  code: number,
  msg = 'x',
  occasion: Partial<Asked> = {},
  status = 400,
): LarkhouseError {
  return failure({ code, msg }, status, {}, occasion);
}

test('success is code 0, whatever the status and the message', () => {
  const envelope = { code: 0, msg: 'oops', data: { a: 1 } };
  for (const status of [200, 400, 500])
    assert.equal(opened(envelope, { status, headers: {} }, asked), envelope);
});

test('status 200 is no success: without a numeric code an answer is transient', () => {
  const garbage: Json[] = [{}, { code: '0' }, { code: null }, [], 'ok', null, 7, { code: [0] }];
  for (const one of garbage) assert.ok(failure(one, 200) instanceof TransientError);
});

test('a success without data is transient', () => {
  for (const data of [undefined, null, [], 'x']) {
    assert.throws(
      () => dataOf({ code: 0, data }, { status: 200, headers: {} }, asked),
      TransientError,
    );
  }
});

const classes: readonly (readonly [typeof LarkhouseError, readonly number[]])[] = [
  [ThrottledError, [99991400, 1254290, 1000004, 1000005]],
  [TransientError, [1254291, 1254607, 1254608, 1254609, 2200, 90235, 1395001, 1254036, 1255001]],
  [TransientError, [1255040, 40003, 1225000, 131001]],
  [QuotaError, [99991403, 99991406]],
  [TokenError, [99991663, 99991661, 99991664, 99991665, 99991668, 99991671, 99991677]],
  [AuthError, [10003, 10014, 10015, 99991543, 10005, 99991662, 99991673, 10012]],
  [PermissionError, [99991401, 99991672, 99991676, 99991679, 91403, 1254302, 1254304]],
  [PermissionError, [40004, 41050, 40014, 1390009, 1220005, 131006]],
  [NotFoundError, [91402, 1254040, 1254041, 1254042, 1254043, 1254044, 1254003, 1254004]],
  [NotFoundError, [1390002, 1390003, 1390016, 1220004, 131005, 40015]],
  [PageTokenError, [40012, 100001]],
  [SourceError, [1254018, 99992402, 1390001, 1220001, 43010, 123456789]],
];

for (const [kind, codes] of classes) {
  test(`${codes.join(', ')}: ${kind.name}, under any status`, () => {
    for (const code of codes) {
      for (const status of [200, 400, 403]) {
        const error = refused(code, 'said', {}, status);
        assert.equal(error.constructor, kind, `${code}`);
        assert.equal(error.circumstances.code, code);
        assert.equal(error.circumstances.status, status);
        assert.equal(error.circumstances.endpoint, 'things.list');
        assert.equal(error.circumstances.source, 'acme');
        assert.match(error.message, /said/);
      }
    }
  });
}

test('an unknown code is read by its status: busy, slow down, or no', () => {
  assert.ok(refused(123, 'x', {}, 502) instanceof TransientError);
  assert.ok(refused(123, 'x', {}, 429) instanceof ThrottledError);
  assert.ok(refused(123, 'x', {}, 200) instanceof SourceError);
});

test('9499 is a throttle only where it says so', () => {
  assert.ok(refused(9499, 'too many request') instanceof ThrottledError);
  assert.ok(refused(9499, 'Bad Request') instanceof SourceError);
});

test('the ambiguous codes of Base mean the page token only when there was one', () => {
  const paging = { paging: true };
  assert.ok(refused(1254002, 'Fail', paging) instanceof PageTokenError);
  assert.ok(refused(1254002, 'Fail') instanceof TransientError);
  assert.ok(refused(1254002, 'lock not obtained', paging) instanceof TransientError);
  assert.ok(refused(1254030, 'InvalidPageToken', paging) instanceof PageTokenError);
  assert.ok(refused(1254030, 'TooLargeResponse', paging) instanceof SourceError);
  assert.ok(refused(1254030, 'x') instanceof SourceError);
});

test('the wait comes from the reset header, else from Retry-After, if it makes sense', () => {
  const wait = (headers: Record<string, string>): number | undefined => {
    const error = failure({ code: 99991400, msg: 'x' }, 429, headers);
    return error instanceof ThrottledError ? error.retryAfterMs : assert.fail('no throttle');
  };
  assert.equal(wait({ 'x-ogw-ratelimit-reset': '39' }), 39_000);
  assert.equal(wait({ 'x-ogw-ratelimit-reset': '0' }), 0);
  assert.equal(wait({ 'retry-after': '1.5' }), 1500);
  assert.equal(wait({ 'x-ogw-ratelimit-reset': '2', 'retry-after': '9' }), 2000);
  for (const absurd of ['-1', 'soon', '', '99999999', 'Infinity', '1e3', 'NaN']) {
    assert.equal(wait({ 'x-ogw-ratelimit-reset': absurd }), undefined, absurd);
  }
  assert.equal(wait({}), undefined);
});

test('the log id is the header, else that of the body; nothing else passes for one', () => {
  const envelope = { code: 1, msg: '', error: { log_id: 'of-body' } };
  const logId = (headers: Record<string, string>): string | undefined =>
    failure(envelope, 400, headers).circumstances.logId;
  assert.equal(logId({ 'x-tt-logid': 'of-lark', 'x-request-id': 'other' }), 'of-lark');
  assert.equal(logId({ 'x-request-id': 'other' }), 'other');
  assert.equal(logId({}), 'of-body');
  assert.equal(failure({ code: 1, error: { logid: 'old' } }).circumstances.logId, 'old');
  assert.equal(failure({ code: 1, error: { logid: 'a b\n' } }).circumstances.logId, undefined);
});

test('a missing scope is named, with what to do', () => {
  const error = failure({
    code: 99991672,
    msg: 'Access denied',
    error: { permission_violations: [{ subject: 'a:b' }, { subject: 'a:c' }] },
  });
  assert.ok(error instanceof PermissionError);
  assert.deepEqual(error.scopes, ['a:b', 'a:c']);
  assert.equal(
    error.hint,
    'add one of the scopes a:b, a:c to the app in the developer console, then publish a new version',
  );
});

test('refused credentials name the source', () => {
  assert.match(refused(10014).hint ?? '', /app_id and app_secret of source acme/);
  assert.match(refused(99991673).hint ?? '', /publish the app/);
  assert.match(refused(10012).hint ?? '', /app ticket/);
});

test('the quota says when it resets', () => {
  assert.match(refused(99991403).hint ?? '', /1st of next month/);
});

test('a refused field is named with the reason, not with its value', () => {
  const violation = {
    field: 'document_id',
    value: 'of-a-record',
    description: 'the min len is 27',
  };
  const error = failure({
    code: 99992402,
    msg: 'field validation failed',
    error: { field_violations: [violation] },
  });
  assert.match(error.message, /field validation failed \(document_id: the min len is 27\)/);
  assert.ok(!describe(error).includes('of-a-record'));
});

test('no secret of the source gets into a message', () => {
  const error = failure({ code: 10014, msg: `secret hush of t-${'a1'.repeat(12)} is bad` });
  assert.ok(!describe(error).includes('hush'));
  assert.ok(!describe(error).includes('a1a1'));
});
