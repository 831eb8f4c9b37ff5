// The catalogue of faults against its tests and its page, without running them.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { isCaseOf, type Named, namedTests } from '../faults/catalogue/named.ts';
import { type Proof, pageOf, testsIn } from '../faults/catalogue/page.ts';
import { catalogue } from '../faults/catalogue.ts';

const root = new URL('../../', import.meta.url);
const tests = await namedTests(root);

const page = await readFile(new URL('docs/faults.md', root), 'utf8');

test('the catalogue has the faults 1 to 32, each with a test of its number', () => {
  const numbers = Array.from({ length: 32 }, (_, index) => index + 1);
  assert.deepEqual(
    catalogue.map(({ number }) => number),
    numbers,
  );
  assert.deepEqual([...new Set(testsIn(page).map(({ fault }) => fault))], numbers);
});

test('docs/faults.md names the tests that there are, none of them unproven or failed', () => {
  const isOf =
    ({ fault, name }: Named) =>
    (proof: Proof) =>
      proof.name === name && (fault === undefined || proof.fault === fault);
  const proofs = testsIn(page);
  assert.deepEqual(
    proofs.filter((proof) => !tests.some((test) => isOf(test)(proof))),
    [],
  );
  assert.deepEqual(
    tests.filter((test) => !proofs.some(isOf(test))),
    [],
  );
  assert.doesNotMatch(page, /✖|unproven/);
});

test('docs/faults.md says of each fault what the catalogue says', () => {
  for (const { number, what, larkhouse } of catalogue) {
    assert.ok(page.includes(`| ${number} | ${what} | ${larkhouse} |`), `fault ${number}`);
  }
});

test('a page says of each test how often it ran and whether all went well', () => {
  const fault = { number: 7, what: 'A wire is cut', larkhouse: 'Goes on.' };
  const named = [
    { fault: 7, name: 'cut … is (fine)' },
    { fault: 7, name: 'a | b' },
    { fault: 7, name: 'never ran' },
    { fault: undefined, name: '… of any fault' },
  ];
  const results = [
    { title: 'fault 7: cut here is (fine)', passed: true },
    { title: 'fault 7: cut there is (fine)', passed: true },
    { title: 'fault 7: a | b', passed: false },
    { title: 'fault 7: something of any fault', passed: true },
    { title: 'fault 8: something of any fault', passed: false },
  ];
  const made = pageOf([fault], named, results);
  const proofs = '✔ 2× cut … is (fine)<br>✖ a \\| b<br>unproven: never ran<br>✔ … of any fault';
  assert.ok(made.endsWith(`| 7 | A wire is cut | Goes on. | ${proofs} |\n`), made);
  assert.deepEqual(
    testsIn(made).map(({ name }) => name),
    named.map(({ name }) => name),
  );
});

test('a case belongs to the test whose name it fills', () => {
  const named = { fault: 4, name: 'cut (…) at message …, and nothing is lost' };
  assert.ok(isCaseOf(named, 'fault 4: cut (reset) at message 1, 2, and nothing is lost', 4));
  assert.ok(!isCaseOf(named, 'fault 41: cut (reset) at message 1, and nothing is lost', 41));
  assert.ok(!isCaseOf(named, 'fault 4: cut (reset) at message 1, and nothing is lost here', 4));
});
