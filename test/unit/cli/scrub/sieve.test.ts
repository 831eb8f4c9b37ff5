import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Sieve } from '../../../../src/cli/scrub/sieve.ts';

test('a text that holds one of the words never falls through', () => {
  const word = fc.string({ minLength: 5, maxLength: 40, unit: 'binary' });
  const words = fc.array(word, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(words, fc.nat(), fc.string(), fc.string(), (all, which, before, after) => {
      const held = all[which % all.length] ?? '';
      return new Sieve(all).mayHold(`${before}${held}${after}`);
    }),
  );
});

test('a text that shares nothing with the words falls through', () => {
  const sieve = new Sieve(['correct-horse', 'battery-staple']);
  assert.equal(sieve.mayHold('{"level":"info","event":"run finished","seconds":12.5}'), false);
  assert.equal(sieve.mayHold(''), false);
});

test('a word too short to be sifted lets everything through', () => {
  assert.equal(new Sieve(['long-enough', 'abcd']).mayHold('nothing'), true);
});
