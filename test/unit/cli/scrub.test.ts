import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Scrubber } from '../../../src/cli/scrub.ts';

function scrubbing(...secrets: readonly string[]): Scrubber {
  const scrubber = new Scrubber();
  scrubber.register(secrets);
  return scrubber;
}

test('a registered secret is replaced wherever it stands, in JSON and in URLs, too', () => {
  const scrubber = scrubbing('pa"ss/wörd');
  const text = `plain pa"ss/wörd, json ${JSON.stringify('pa"ss/wörd')}, url ${encodeURIComponent('pa"ss/wörd')}`;
  assert.equal(scrubber.scrub(text), 'plain [secret], json "[secret]", url [secret]');
});

test('of two secrets the longer goes first', () => {
  const scrubber = scrubbing('secret', 'secret-of-acme');
  assert.equal(scrubber.scrub('secret-of-acme, secret'), '[secret], [secret]');
});

test('secrets that come one after the other are all known', () => {
  const scrubber = scrubbing('first-secret');
  scrubber.register([]);
  scrubber.register(['second-secret', 'first-secret']);
  assert.equal(scrubber.scrub('first-secret second-secret'), '[secret] [secret]');
});

test('in a log line a secret goes from every field, also within JSON within JSON', () => {
  const secret = 'a"b\\c/d\ne';
  const scrubber = scrubbing(secret);
  const inner = JSON.stringify({ [secret]: [secret] });
  const line = JSON.stringify({
    level: 'info',
    url: `x${secret}y`,
    list: [{ inner }],
    [secret]: 1,
  });
  const scrubbed = scrubber.scrub(line);
  assert.deepEqual(JSON.parse(scrubbed), {
    level: 'info',
    url: 'x[secret]y',
    list: [{ inner: '{"[secret]":["[secret]"]}' }],
    '[secret]': 1,
  });
});

test('a secret goes from base64 wherever it lies in it, in both alphabets', () => {
  for (let round = 0; round < 20; round += 1) {
    const secret = randomBytes(16).toString('base64');
    const scrubber = scrubbing(secret);
    for (const before of ['', 'u', 'us', 'user:']) {
      for (const alphabet of ['base64', 'base64url'] as const) {
        const text = Buffer.from(`${before}${secret}@x`).toString(alphabet);
        const rest = scrubber.scrub(`authorization: Basic ${text}`);
        assert.match(rest, /\[secret\]/, text);
        const decoded = Buffer.from(rest.replace('[secret]', ''), 'base64').toString('latin1');
        assert.ok(!decoded.includes(secret.slice(0, 6)), text);
      }
    }
  }
});

test('a secret of any characters goes in every encoding', () => {
  const secrets = [
    '12-34_56',
    'ünïcödé-密码',
    'sp ace\ttab',
    '100%+sure',
    '.*+?^${}()|[]\\',
    '🔑key🔑',
  ];
  for (const secret of secrets) {
    const scrubber = scrubbing(secret);
    for (const written of [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
      String(new URLSearchParams({ x: secret })).slice(2),
      new URL(`https://u:${encodeURIComponent(secret)}@h`).password,
      [...secret].map((each) => (each > '~' ? inUnicodeEscapes(each) : each)).join(''),
    ]) {
      assert.equal(scrubber.scrub(`<${written}>`), '<[secret]>', written);
    }
  }
});

function inUnicodeEscapes(character: string): string {
  return Array.from({ length: character.length }, (_unit, at) => {
    return `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }).join('');
}

test('what a secret looks like as a regular expression is of no matter', () => {
  assert.equal(scrubbing('a.c|e+').scrub('abc e a.c|e+'), 'abc e [secret]');
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
  const scrubber = scrubbing('abc', '');
  const text =
    'a t-shirt, an at-most-once-promise, start-of-something-long, abc, od-1234567890abcdef, run-a-very-long-one';
  assert.equal(scrubber.scrub(text), text);
});

test('a text without secrets comes back as it is, whatever is registered', () => {
  const scrubber = scrubbing(...Array.from({ length: 40 }, () => randomBytes(24).toString('hex')));
  for (let round = 0; round < 200; round += 1) {
    const text = JSON.stringify({ round, id: randomBytes(16).toString('hex'), event: 'finished' });
    assert.equal(scrubber.scrub(text), text);
  }
});
