import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wash } from '../../../src/extract/wash.ts';

test('the secret of the app is removed wherever it stands', () => {
  assert.equal(
    wash('bad secret hush-1 (hush-1)', ['hush-1', '']),
    'bad secret [removed] ([removed])',
  );
});

test('what looks like a token is removed', () => {
  const tokens = [
    't-g1044ghJRUIJJ5ZPPZMOHKWZISL33E4QSS3abcef',
    'a-6U1SbDiM6XIH2DcTCPyeub',
    'u-6U1SbDiM6XIH2DcTCPyeub',
    'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
    'Bearer whatever',
    'tenant_access_token=abc',
    '"app_secret":"abc"',
  ];
  for (const token of tokens) {
    const washed = wash(`before ${token} after`, []);
    assert.match(washed, /^before "?\[removed\]"? after$/, token);
  }
});

test('ordinary words and ids stay', () => {
  const text =
    'user-friendly text, at-least-once; tblsRc9GRRXKqhvW ou_7dab8a3d3cdcc9da365777c7ad535d62';
  assert.equal(wash(text, []), text);
});

test('control characters and line breaks become blanks', () => {
  assert.equal(wash('one\r\ntwo\u0000\u001b[31mthree ', []), 'one two [31mthree');
});

test('a long text is cut to 200 characters, never inside a surrogate pair', () => {
  const washed = wash('😀'.repeat(300), []);
  assert.equal([...washed].length, 200);
  assert.ok(washed.isWellFormed());
  assert.ok(washed.endsWith('…'));
});
