import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Check, type Finding, findings } from '../../../../src/cli/check/check.ts';
import type { ConsoleApp } from '../../../../src/cli/check/console.ts';
import { InterruptedError, PermissionError } from '../../../../src/errors.ts';

const passes = (name: string, next: readonly Check[] = []): Check => ({
  name,
  run: async () => ({ detail: 'fine', next }),
});
const fails = (name: string): Check => ({
  name,
  run: () => Promise.reject(new PermissionError('refused', { scopes: ['a:b'], hint: 'add a:b' })),
});

async function all(
  checks: readonly Check[],
  app?: ConsoleApp,
  signal = new AbortController().signal,
): Promise<Finding[]> {
  const found: Finding[] = [];
  for await (const finding of findings(checks, signal, app)) found.push(finding);
  return found;
}

test('what follows from a check comes right after it', async () => {
  const found = await all([passes('one', [passes('two', [passes('three')])]), passes('four')]);
  assert.deepEqual(
    found.map(({ check }) => check),
    ['one', 'two', 'three', 'four'],
  );
});

test('a failed check has the scopes that would do, and the others go on', async () => {
  const [one, two] = await all([fails('one'), passes('two')]);
  assert.equal(one?.status, 'failed');
  assert.deepEqual([one?.scopes, one?.add], [['a:b'], 'a:b']);
  assert.deepEqual(two, { check: 'two', status: 'ok', detail: 'fine' });
});

test('a refusal of Lark is told by the scope to add, its code, and the page of the app', async () => {
  const refused: Check = {
    name: 'one',
    run: () =>
      Promise.reject(
        new PermissionError('Access denied. One of the following scopes is required', {
          scopes: ['bitable:app', 'bitable:app:readonly'],
          code: 99991672,
          logId: 'abc',
          endpoint: 'base.apps.get',
        }),
      ),
  };
  const app = { platform: 'lark', appId: 'cli_1' } as const;
  const [finding] = await all([refused], app);
  assert.equal(finding?.add, 'bitable:app:readonly');
  assert.equal(
    finding?.detail,
    'the app lacks the scope bitable:app:readonly (bitable:app would do, too) [Lark code 99991672, log id abc]. Next: add bitable:app:readonly at https://open.larksuite.com/app/cli_1/auth?q=bitable:app:readonly and publish a version: before that a scope has no effect',
  );
});

test('a field that is hidden for lack of a scope is a warning with what to add', async () => {
  const hidden: Check = { name: 'x:y', run: async () => ({ warning: 'No names.', lacks: 'x:y' }) };
  const [finding] = await all([hidden]);
  assert.equal(finding?.status, 'warning');
  assert.equal(finding?.add, 'x:y');
  assert.match(finding?.detail ?? '', /^No names\. Next: add x:y to the app and publish/);
});

test('an optional check that fails is a warning that says what is lost', async () => {
  const [finding] = await all([{ ...fails('one'), optional: 'Slower.' }]);
  assert.equal(finding?.status, 'warning');
  assert.match(finding?.detail ?? '', /^Slower\. refused\. Next: add a:b to the app and publish/);
});

test('a check may pass with a warning', async () => {
  const [finding] = await all([
    { name: 'one', run: async () => ({ detail: 'fine', warning: 'odd' }) },
  ]);
  assert.deepEqual(finding, { check: 'one', status: 'warning', detail: 'odd' });
});

test('an interruption ends the checks', async () => {
  const stop = new AbortController();
  const stops: Check = {
    name: 'one',
    run: async () => {
      stop.abort(new InterruptedError('stopped'));
      return {};
    },
  };
  await assert.rejects(all([stops, passes('two')], undefined, stop.signal), InterruptedError);
});
