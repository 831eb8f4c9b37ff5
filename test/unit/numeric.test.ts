import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readNumeric, writeNumeric } from '../../src/numeric.ts';

function bytesOf(text: string): Buffer {
  const target = Buffer.alloc(40_000);
  return target.subarray(0, writeNumeric(text, target, 0));
}

/** As `select encode(numeric_send(..), 'hex')` of Postgres 18 gives them. */
const known = {
  '0': '0000000000000000',
  '-0.00': '0000000000000002',
  '1': '00010000000000000001',
  '-12345.678': '0003000140000003000109291a7c',
  '0.0001': '0001ffff000000040001',
  '100000000': '00010002000000000001',
  '1e3': '000100000000000003e8',
  '38.250': '0002000000000003002609c4',
};

for (const [text, bytes] of Object.entries(known)) {
  test(`${text} is written as Postgres reads it`, () => {
    assert.equal(bytesOf(text).toString('hex'), bytes);
  });
}

test('what is read is what was written, every digit and every trailing zero', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(fc.boolean(), digits, fc.option(digits), (isNegative, whole, fraction) => {
      const plain = whole.replace(/^0+(?=\d)/, '');
      const text = fraction === null ? plain : `${plain}.${fraction}`;
      const sign = isNegative && /[1-9]/.test(text) ? '-' : '';
      assert.equal(readNumeric(bytesOf(sign + text), 0), sign + text);
    }),
    { numRuns: 2000 },
  );
});

test('an exponent moves the point', () => {
  const moved = ['1.5e3', '15E-1', '+1.20e1', '.5e0', '5.e-2', '0.00e4', '123e-5'];
  assert.deepEqual(
    moved.map((text) => readNumeric(bytesOf(text), 0)),
    ['1500', '1.5', '12.0', '0.5', '0.05', '0', '0.00123'],
  );
});

test('the longest number that columns let through is written whole', () => {
  const text = `${'9'.repeat(7000)}.${'1'.repeat(7000)}`;
  assert.equal(readNumeric(bytesOf(text), 0), text);
});
