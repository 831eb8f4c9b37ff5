import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { UsageError } from '../../../../src/cli/outcome.ts';
import { takeSecret } from '../../../../src/cli/secret/take.ts';
import { InterruptedError } from '../../../../src/errors.ts';

interface Taking {
  readonly secret: Promise<string>;
  /** What was shown. */
  shown(): string;
}

/** Gives the secret by a pipe, or as a terminal does: key by key, with nothing after it. */
function taking(given: string | Buffer, isTTY = false): Taking {
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const stderr = new PassThrough();
  const secret = takeSecret({ stdin, stderr }, 'warehouse.url');
  secret.catch(() => undefined);
  if (isTTY) for (const key of given.toString()) stdin.write(key);
  else stdin.end(given);
  return { secret, shown: () => String(stderr.read() ?? '') };
}

test('a secret comes from a pipe, without one line end', async () => {
  assert.equal(await taking('s3cret').secret, 's3cret');
  assert.equal(await taking('s3cret\n').secret, 's3cret');
  const { secret, shown } = taking('pa ss "wörd"\r\n');
  assert.equal(await secret, 'pa ss "wörd"');
  assert.equal(shown(), '');
});

test('a secret that is typed is not shown, while it is typed and after', async () => {
  const { secret, shown } = taking('s3cret\r', true);
  assert.equal(await secret, 's3cret');
  assert.equal(shown(), 'Secret for warehouse.url (it is not shown): \n');
});

test('no secret, one with blanks around it, or no text is refused without being quoted', async () => {
  const bad = ['', '\n', ' hidden', 'hidden\n\n', 'hidden '.repeat(10_000), Buffer.of(0xe9)];
  for (const given of bad) {
    await assert.rejects(taking(given).secret, (error) => {
      assert.ok(error instanceof UsageError);
      assert.doesNotMatch(`${error.message} ${error.hint}`, /hidden/);
      return true;
    });
  }
  await assert.rejects(taking('\r', true).secret, UsageError);
  await assert.rejects(taking('\u0004', true).secret, UsageError);
});

test('Ctrl-C ends the asking', async () => {
  const { secret, shown } = taking('hid\u0003', true);
  await assert.rejects(secret, InterruptedError);
  assert.doesNotMatch(shown(), /hid/);
});
