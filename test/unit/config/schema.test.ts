import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsIn, read } from './sample.ts';

test('sources keep their order and names', () => {
  const text = JSON.stringify({ sources: { b: sourceOf(), 'a_1-x': sourceOf() } });
  assert.deepEqual(
    read(text).sources.map(({ name }) => name),
    ['b', 'a_1-x'],
  );
});

test('a source name begins with a letter, is lower case and at most 63 long', () => {
  for (const name of ['Acme', '1a', '_a', 'a b', 'a.b', 'é', 'a'.repeat(64)]) {
    const problems = problemsIn(JSON.stringify({ sources: { [name]: sourceOf() } }));
    assert.equal(problems.length, 1, name);
    assert.match(problems[0]?.message ?? '', /is not a source name/);
  }
});

test('a bad source name does not hide what is wrong within', () => {
  const problems = problemsIn(JSON.stringify({ sources: { Acme: { ...sourceOf(), auth: {} } } }));
  assert.deepEqual(
    problems.map(({ path }) => path),
    ['sources.Acme.auth.mode', 'sources.Acme'],
  );
});

test('at least one source is named', () => {
  assert.deepEqual(problemsIn('sources: {}'), [
    { path: 'sources', message: 'needs at least one source' },
  ]);
  assert.deepEqual(problemsIn('warehouse: {}'), [{ path: 'sources', message: 'is required' }]);
});

function sourceOf(): object {
  const auth = { mode: 'custom_app', app_id: 'a', app_secret: 's' };
  return { platform: 'lark', auth, modules: { contact: {} } };
}
