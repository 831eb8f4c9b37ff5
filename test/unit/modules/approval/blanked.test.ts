import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blanked } from '../../../../src/modules/approval/blanked.ts';
import { sliceOf } from '../../../../src/slice.ts';

const none: readonly string[] = [];

function without(json: string, inForm: readonly string[], beside = none): string | undefined {
  return blanked(sliceOf(json), { inForm, beside })?.text;
}

function formed(...values: readonly unknown[]): string {
  return JSON.stringify({ name: '王', form: JSON.stringify(values) });
}

test('URLs are blanked wherever they stand, and nothing else', () => {
  const url = 'https://x/1?a=b&v=1';
  assert.equal(without(formed([url, 'é', url]), [url, url]), formed(['', 'é', '']));
  assert.equal(without(formed([`${url}2`, url]), [url]), formed([`${url}2`, '']));
  const both = `{"files":[{"url":"b"},{"url":"a"}],"form":"[[\\"a\\"]]"}`;
  const left = `{"files":[{"url":""},{"url":""}],"form":"[[\\"\\"]]"}`;
  assert.equal(without(both, ['a'], ['a', 'b']), left);
  assert.equal(without('{}', none), '{}');
});

test('a URL that is also a text of its own is not told from it', () => {
  assert.equal(without(formed(['a'], 'a'), ['a']), undefined);
  assert.equal(without('{"url":"a","title":"a"}', none, ['a']), undefined);
  assert.equal(without('{"text":"say \\"a\\"","form":"[[\\"a\\"]]"}', ['a']), undefined);
});

test('a URL at the end of a text is no URL of its own', () => {
  assert.equal(without('{"url":"a","title":"say \\"a"}', none, ['a']), undefined);
  assert.equal(without(formed(['a'], 'say "a'), ['a']), undefined);
});

test('a URL that is written otherwise is not found', () => {
  assert.equal(without('{"url":"\\u0061"}', none, ['a']), undefined);
  for (const odd of ['a"', 'a\\', '王', 'a\n']) {
    assert.equal(without(formed([odd]), [odd]), undefined);
  }
});
