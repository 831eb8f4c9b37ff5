import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Scrubber } from '../../../src/cli/scrub.ts';

test('a registered secret is replaced wherever it stands, in JSON and in URLs, too', () => {
  const scrubber = new Scrubber();
  scrubber.register(['pa"ss/wörd']);
  const text = `plain pa"ss/wörd, json ${JSON.stringify('pa"ss/wörd')}, url ${encodeURIComponent('pa"ss/wörd')}`;
  assert.equal(scrubber.scrub(text), 'plain [secret], json "[secret]", url [secret]');
});

test('of two secrets the longer goes first', () => {
  const scrubber = new Scrubber();
  scrubber.register(['secret', 'secret-of-acme']);
  assert.equal(scrubber.scrub('secret-of-acme, secret'), '[secret], [secret]');
});

test('tokens go by their form, whoever made them', () => {
  const scrubber = new Scrubber();
  const tokens = [
    't-g1044qeGEDXTB6NDJOGV4JQCYDGHRBARFTGT1234',
    'u-abcdefghijklmnop',
    'a-6U1SbDiM6XIH2DcTCPyeub',
  ];
  for (const token of tokens) assert.equal(scrubber.scrub(`got ${token}.`), 'got [secret]');
  assert.equal(scrubber.scrub('authorization: Bearer abc.def'), 'authorization: [secret]');
  assert.equal(scrubber.scrub('eyJhbGciOiJ.eyJzdWIiOiI.c2ln'), '[secret]');
});

test('ordinary words and ids stay', () => {
  const scrubber = new Scrubber();
  scrubber.register(['abc']);
  const text =
    'a t-shirt, an at-most-once-promise, start-of-something-long, abc, od-1234567890abcdef, run-a-very-long-one';
  assert.equal(scrubber.scrub(text), text);
});
