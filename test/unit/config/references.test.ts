import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolveReferences } from '../../../src/config/references.ts';

const env = { NAME: 'value', EMPTY: '', TRICKY: 'a: b\n- ${NAME} $$ "', _x1: 'y' };

function resolved(text: string): unknown {
  const { value, problems } = resolveReferences(text, env);
  assert.deepEqual(problems, []);
  return value;
}

test('a reference becomes the value of the variable', () => {
  assert.equal(resolved('${NAME}'), 'value');
  assert.equal(resolved('a${NAME}b${_x1}'), 'avaluebyy'.replace('yy', 'y'));
});

test('a default stands in for a variable that is unset or empty', () => {
  assert.equal(resolved('${MISSING:-http://127.0.0.1:9000}'), 'http://127.0.0.1:9000');
  assert.equal(resolved('${EMPTY:-x}'), 'x');
  assert.equal(resolved('${NAME:-x}'), 'value');
  assert.equal(resolved('${MISSING:-}'), '');
});

test('a variable that is set to nothing counts as set without a default', () => {
  assert.equal(resolved('${EMPTY}'), '');
});

test('two dollars are one, and a single dollar stays', () => {
  assert.equal(resolved('pa$$$$word'), 'pa$$word');
  assert.equal(resolved('$${NAME}'), '${NAME}');
  assert.equal(resolved('pa$word$'), 'pa$word$');
  assert.equal(resolved('${MISSING:-a$$b}'), 'a$b');
});

test('a value is taken as it is, whatever it looks like', () => {
  assert.equal(resolved('${TRICKY}'), env.TRICKY);
});

test('references are resolved at every depth, and other scalars stay', () => {
  const { value } = resolveReferences({ a: [{ b: '${NAME}' }, 1, true, null] }, env);
  assert.deepEqual(value, { a: [{ b: 'value' }, 1, true, null] });
});

test('keys are not resolved', () => {
  assert.deepEqual(resolveReferences({ '${NAME}': 1 }, env).value, { '${NAME}': 1 });
});

test('every missing variable is a problem with its name and path', () => {
  const { problems } = resolveReferences({ a: ['${ONE}'], b: { c: 'x${TWO}${THREE}' } }, env);
  assert.deepEqual(
    problems.map(({ path, message }) => `${path}: ${message}`),
    [
      'a[0]: the environment variable ONE is not set',
      'b.c: the environment variable TWO is not set',
      'b.c: the environment variable THREE is not set',
    ],
  );
});

test('a reference that cannot be read is a problem, not a text', () => {
  for (const text of ['${', '${1X}', '${NAME', '${NAME-x}', '${NAME:?x}', '${}', '${ NAME }']) {
    const { problems } = resolveReferences({ a: text }, env);
    assert.deepEqual(
      problems.map(({ path }) => path),
      ['a'],
      text,
    );
  }
});

test('a value that is known already is taken as it is, with its problems', () => {
  const known = new Map([
    ['a.b', { value: '${NAME} $$', problems: [] }],
    ['a.c', { value: 'file:x', problems: [{ path: 'a.c', message: 'is missing' }] }],
  ]);
  assert.deepEqual(
    resolveReferences({ a: { b: 'file:y', c: 'file:x', d: '${NAME}' } }, env, known),
    {
      value: { a: { b: '${NAME} $$', c: 'file:x', d: 'value' } },
      problems: [{ path: 'a.c', message: 'is missing' }],
    },
  );
});

test('a sealed value where no secret stands is a problem', () => {
  for (const text of ['sealed:v1:AbCdEf', '${SEALED}']) {
    const { problems } = resolveReferences({ a: text }, { SEALED: 'sealed:v1:AbCdEf' });
    assert.deepEqual(
      problems.map(({ path, message }) => [path, message]),
      [['a', 'is sealed, and is no secret']],
    );
    assert.doesNotMatch(JSON.stringify(problems), /AbCdEf/);
  }
});
