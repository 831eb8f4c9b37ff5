import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { confirmed, requireSomebody } from '../../../src/cli/confirm.ts';
import { UsageError } from '../../../src/cli/outcome.ts';

for (const [answer, isYes] of [
  ['y', true],
  ['YES', true],
  [' yes ', true],
  ['', false],
  ['n', false],
  ['yesterday', false],
] as const) {
  test(`the answer "${answer}" is taken for ${isYes ? 'a yes' : 'a no'}`, async () => {
    const [stdin, stderr] = [new PassThrough(), new PassThrough()];
    stdin.end(`${answer}\n`);
    assert.equal(await confirmed({ stdin, stderr }, 'Lose it?'), isYes);
    stderr.end();
    assert.match(await text(stderr), /^Lose it\? \[y\/N\] /);
  });
}

test('where there is no terminal nobody is asked, and the error says how to do without', () => {
  assert.throws(
    () => requireSomebody({ stdin: new PassThrough() }, 'it loses data'),
    (error) => error instanceof UsageError && /--yes/.test(error.hint ?? ''),
  );
  requireSomebody({ stdin: Object.assign(new PassThrough(), { isTTY: true }) }, 'it loses data');
});
