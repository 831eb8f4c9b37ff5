import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Check, type Finding, findings } from '../../../../src/cli/check/check.ts';
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
  signal = new AbortController().signal,
): Promise<Finding[]> {
  const found: Finding[] = [];
  for await (const finding of findings(checks, signal)) found.push(finding);
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
  assert.deepEqual(await all([fails('one'), passes('two')]), [
    { check: 'one', status: 'failed', detail: 'refused. Next: add a:b', scopes: ['a:b'] },
    { check: 'two', status: 'ok', detail: 'fine' },
  ]);
});

test('an optional check that fails is a warning that says what is lost', async () => {
  const [finding] = await all([{ ...fails('one'), optional: 'Slower.' }]);
  assert.equal(finding?.status, 'warning');
  assert.equal(finding?.detail, 'Slower. refused. Next: add a:b');
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
  await assert.rejects(all([stops, passes('two')], stop.signal), InterruptedError);
});
