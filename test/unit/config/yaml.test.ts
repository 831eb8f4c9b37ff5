import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseYaml } from '../../../src/config/yaml.ts';

const secret = 's3cr3t';

test('a mapping becomes plain values', () => {
  const { value, problems } = parseYaml('a: [1, "2"]\nb: { c: true }\n', 'x.yaml');
  assert.deepEqual(value, { a: [1, '2'], b: { c: true } });
  assert.deepEqual(problems, []);
});

test('a byte order mark is no part of the first key', () => {
  assert.deepEqual(parseYaml('\uFEFFa: 1', 'x.yaml').value, { a: 1 });
});

test('yes and no are texts, as in YAML 1.2', () => {
  assert.deepEqual(parseYaml('a: yes\nb: no', 'x.yaml').value, { a: 'yes', b: 'no' });
});

for (const [name, text] of [
  ['an open quote', `a: "${secret}`],
  ['an open bracket', `a: [${secret}`],
  ['a text after a closed quote', `a: "x" ${secret}`],
  ['a colon in a text', `a: ${secret}: b`],
  ['a tab that indents', `a:\n\tb: ${secret}`],
  ['an unknown escape', `a: "\\q${secret}"`],
  ['a text that begins with @', `a: @${secret}`],
  ['an unknown tag', `a: !${secret} b`],
  ['an alias without an anchor', `a: *${secret}`],
  ['a second document', `a: 1\n---\nb: ${secret}`],
  ['a key that is a list', `? [${secret}]\n: b`],
] as const) {
  test(`${name} is one problem that names the file and quotes nothing`, () => {
    const { value, problems } = parseYaml(text, 'x.yaml');
    assert.equal(value, undefined);
    assert.equal(problems.length, 1);
    assert.match(problems[0]?.path ?? '', /^x\.yaml/);
    assert.doesNotMatch(JSON.stringify(problems), new RegExp(secret));
  });
}

test('a syntax error names line and column', () => {
  assert.equal(parseYaml('a: 1\nb: @x', 'x.yaml').problems[0]?.path, 'x.yaml:2:4');
});

test('an unquoted reference within braces is told to be quoted', () => {
  const [problem] = parseYaml('quota: { monthly_calls: ${CALLS} }', 'x.yaml').problems;
  assert.match(problem?.suggestion ?? '', /needs quotes/);
});

test('an empty file, a list and a text are not configurations', () => {
  for (const text of ['', '# nothing\n', '---\n', '~']) {
    assert.deepEqual(
      parseYaml(text, 'x.yaml').problems.map((each) => each.message),
      ['the file is empty'],
    );
  }
  for (const text of ['- a', 'a', '3']) {
    assert.deepEqual(
      parseYaml(text, 'x.yaml').problems.map((each) => each.message),
      ['the file is not a mapping'],
    );
  }
});

test('every key given twice is a problem with its path and both lines', () => {
  const text = 'a:\n  - b: 1\n    c: 2\n    b: 3\nd: 1\nd: 2\n';
  assert.deepEqual(
    parseYaml(text, 'x.yaml').problems.map(({ path, message }) => [path, message]),
    [
      ['a[0].b', 'is given twice, in lines 2 and 4'],
      ['d', 'is given twice, in lines 5 and 6'],
    ],
  );
});

test('the key __proto__ is refused rather than lost', () => {
  assert.deepEqual(parseYaml('a: { __proto__: 1 }', 'x.yaml').problems, [
    { path: 'a.__proto__', message: 'is not a usable key' },
  ]);
});

test('aliases that multiply without end are a problem', () => {
  const lines = Array.from(
    { length: 9 },
    (_, n) => `k${n + 1}: &k${n + 1} [${`*k${n},`.repeat(9)}]`,
  );
  const { value, problems } = parseYaml(['k0: &k0 [x]', ...lines].join('\n'), 'x.yaml');
  assert.equal(value, undefined);
  assert.match(problems[0]?.message ?? '', /alias/);
});
